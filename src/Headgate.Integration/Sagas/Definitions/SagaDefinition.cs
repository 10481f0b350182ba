using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Headgate.Integration.Sagas.Definitions;

/// <summary>
/// What an operation with a saga says, by itself: a document with that operation alone, from which the saga is compiled again when the document of the API says something else, or is gone. Immutable.
/// </summary>
/// <param name="Version">The hash of what the operation of the API says: instances are kept with it. Another API may say the same, and mean other services.</param>
/// <param name="Api">The API in whose document it stands.</param>
/// <param name="Operation">The operation's part: paths and what belongs to them, as JSON members without braces.</param>
/// <param name="Config">The document's settings for calls to services, as a JSON object. Not part of the version: services may move.</param>
internal sealed record SagaDefinition(string Version, string Api, string Operation, string Config)
{
    private const int VersionDigits = 32;

    /// <summary>Makes it.</summary>
    public static SagaDefinition Of(string api, string operation, string config) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{api}\n{operation}")))[..VersionDigits], api, operation, config);

    /// <summary>The document.</summary>
    /// <param name="config">The settings in force for the API; null for those with which the definition was kept.</param>
    public byte[] ToDocument(string? config) => Encoding.UTF8.GetBytes(
        $$"""{"openapi":"3.1.0","info":{"title":"{{JsonEncodedText.Encode(Api)}}","version":"{{Version}}"},"x-gateway-config":{{config ?? Config}},{{Operation}}}""");
}
