using Headgate.Gateway.Plans.Listing;

namespace Headgate.Server.Reporting;

/// <summary>A part of a plan and what it was compiled to do.</summary>
/// <param name="Kind"><c>document</c>, <c>scheme</c>, <c>service</c> or <c>operation</c>.</param>
/// <param name="Api">The document.</param>
/// <param name="Name">Method and path of an operation, else the part's name.</param>
/// <param name="Settings">What holds for it.</param>
internal sealed record PlanPartReport(string Kind, string Api, string Name, IReadOnlyDictionary<string, string> Settings)
{
    public static PlanPartReport Of(PlanPart part) => new(part.Kind.ToString().ToLowerInvariant(), part.Api, part.Name, part.Settings);

    /// <summary>The part; null for one of a kind that this version does not know.</summary>
    public PlanPart? ToPart() => Enum.TryParse(Kind, ignoreCase: true, out PlanPartKind kind) ? new PlanPart(kind, Api, Name, Settings) : null;
}
