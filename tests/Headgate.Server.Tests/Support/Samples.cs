namespace Headgate.Server.Tests.Support;

/// <summary>Documents that several tests serve.</summary>
internal static class Samples
{
    public const string Pets = """
        openapi: 3.1.0
        info: { title: Pets, version: "1" }
        paths:
          /pets:
            get: { operationId: listPets, responses: { "200": { description: ok } } }
        """;

    /// <summary><see cref="Pets"/> with a further path.</summary>
    public const string PetsAndOwners = Pets + """

          /owners:
            get: { operationId: listOwners, responses: { "200": { description: ok } } }
        """;

    /// <summary>Looks like a save in the middle of an edit.</summary>
    public const string Broken = """
        openapi: 3.1.0
        info: { title: Pets
        """;
}
