using Headgate.Gateway.Plans;

namespace Headgate.Server.Reporting;

/// <summary>An API of Headgate's own that is mounted beside the documents.</summary>
/// <param name="Name">Its name in listings, logs and metrics.</param>
/// <param name="Title">What it is.</param>
/// <param name="Operations">How many operations it has.</param>
/// <param name="Reason">Why it is there.</param>
internal sealed record BuiltInReport(string Name, string Title, int Operations, string Reason)
{
    /// <summary>Those of a plan.</summary>
    public static IReadOnlyList<BuiltInReport> Of(GatewayPlan plan) =>
    [
        .. from api in plan.Apis
           let mount = api.BuiltIn
           where mount is not null
           select new BuiltInReport(api.Name, api.Document.Title, api.Operations.Count, mount.Reason),
    ];

    /// <summary>In one line.</summary>
    public override string ToString() => $"{Title}, {Operations} operation{(Operations == 1 ? "" : "s")}: {Reason}";
}
