namespace Headgate.Server.Reporting;

/// <summary>The requests to an operation in the time between two looks.</summary>
/// <param name="Api">The document; <c>none</c> with requests that no operation answers.</param>
/// <param name="Operation">The operation's id.</param>
/// <param name="Method">The method.</param>
/// <param name="RequestsPerSecond">Requests that ended.</param>
/// <param name="ErrorsPerSecond">Of them with a status of 500 or more.</param>
/// <param name="RefusedPerSecond">Of them with a status from 400 to 499.</param>
/// <param name="P50Milliseconds">The time that half of them took at most; null for none.</param>
/// <param name="P99Milliseconds">The time that 99 in 100 took at most; null for none.</param>
internal sealed record TopOperation(
    string Api,
    string Operation,
    string Method,
    double RequestsPerSecond,
    double ErrorsPerSecond,
    double RefusedPerSecond,
    double? P50Milliseconds,
    double? P99Milliseconds);
