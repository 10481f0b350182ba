using Headgate.Gateway.Policies.Sunset;

namespace Headgate.Server.Reporting;

/// <summary>A deprecated operation in short.</summary>
/// <param name="Api">The document.</param>
/// <param name="Operation">The operation's id.</param>
/// <param name="Calls">Its calls since this process loaded it.</param>
/// <param name="Callers">How many callers are told apart.</param>
/// <param name="LastCall">The last call of a caller who is told apart; null for none.</param>
internal sealed record DeprecatedReport(string Api, string Operation, long Calls, int Callers, DateTimeOffset? LastCall)
{
    public static IReadOnlyList<DeprecatedReport> Of(DeprecatedUseReader reader) => [.. reader.Read(int.MaxValue).Select(operation => new DeprecatedReport(
        operation.Api,
        operation.Operation,
        operation.Calls,
        operation.CallerCount,
        operation.Callers.Count == 0 ? null : operation.Callers.Max(caller => caller.LastCall)))];
}
