using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Extensions;

/// <summary>An extension or setting of a document on which nothing in this build acts.</summary>
/// <param name="Extension">The extension's key.</param>
/// <param name="Setting">The path of the setting inside it, such as <c>services.*.retry</c>; empty for the whole extension.</param>
/// <param name="Count">At how many places of the document it is given.</param>
/// <param name="First">The first of them.</param>
public sealed record EnforcementGap(string Extension, string Setting, int Count, DocumentNode First)
{
    /// <summary>As <c>headgate routes</c> prints it: <c>x-gateway-cache</c>, <c>x-gateway-backend.retry</c>.</summary>
    public override string ToString() => Setting.Length == 0 ? Extension : $"{Extension}.{Setting}";
}
