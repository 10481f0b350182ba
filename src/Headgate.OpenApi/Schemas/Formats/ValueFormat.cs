using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.OpenApi.Schemas.Formats;

/// <summary>A format that is asserted.</summary>
/// <param name="Name">The value of <c>format</c>.</param>
/// <param name="Types">The types to which it applies; values of others are of any format.</param>
/// <param name="Description">What the value must be, as the end of a sentence.</param>
/// <param name="Check">The check.</param>
internal sealed record ValueFormat(string Name, JsonTypes Types, string Description, FormatCheck Check);
