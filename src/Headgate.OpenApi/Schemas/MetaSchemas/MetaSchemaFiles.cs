namespace Headgate.OpenApi.Schemas.MetaSchemas;

/// <summary>The meta-schemas of draft 2020-12 as json-schema.org publishes them, which are part of this assembly.</summary>
internal static class MetaSchemaFiles
{
    private const string Base = "https://json-schema.org/draft/2020-12/";
    private const string Prefix = "MetaSchemas/";
    private const string Suffix = ".json";

    public static IEnumerable<(string Uri, byte[] Json)> ReadAll() =>
        from name in typeof(MetaSchemaFiles).Assembly.GetManifestResourceNames()
        where name.StartsWith(Prefix, StringComparison.Ordinal)
        select (Base + name[Prefix.Length..^Suffix.Length], Read(name));

    private static byte[] Read(string name)
    {
        using Stream stream = typeof(MetaSchemaFiles).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
