using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Policies.Compression;

/// <summary>
/// What <c>x-gateway-compression</c> says, on an operation or as <c>x-gateway-config.compression</c> for all of them: which answers are compressed. An operation's own replaces
/// the document's whole.
/// </summary>
public sealed record CompressionExtension
{
    /// <summary>The extension.</summary>
    public static ExtensionDefinition Definition { get; } = new(
        "x-gateway-compression",
        typeof(CompressionExtension),
        ExtensionLocations.Operation,
        "Which answers are compressed for clients that accept it. The operation's own settings replace the document's.");

    /// <summary>Whether answers are compressed.</summary>
    [Setting("Whether answers are compressed.")]
    [Shorthand]
    public bool Enabled { get; init; } = true;

    /// <summary>The codings, the preferred first.</summary>
    [Setting("The codings, the preferred first; the client's own preference goes before.", Count = "1..2", AllowSingle = true)]
    public IReadOnlyList<ContentCoding> Codings { get; init; } = [ContentCoding.Br, ContentCoding.Gzip];

    /// <summary>The shortest answer that is compressed.</summary>
    [Setting("The shortest answer that is compressed. One whose length is not declared is compressed whatever it turns out to be.", Range = "0..1GiB")]
    public ByteSize MinSize { get; init; } = ByteSize.FromKibibytes(1);

    /// <summary>Media types beside those that are known to be compressible.</summary>
    [Setting("Media types beside text, JSON, XML, JavaScript, WebAssembly, SVG and fonts, which are known to be worth it.", AllowSingle = true, Default = "none")]
    public IReadOnlyList<string> Types { get; init; } = [];
}
