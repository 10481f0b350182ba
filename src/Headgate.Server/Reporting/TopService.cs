namespace Headgate.Server.Reporting;

/// <summary>The calls to a service in the time between two looks.</summary>
/// <param name="Service">The service.</param>
/// <param name="RequestsPerSecond">Calls that ended.</param>
/// <param name="ErrorsPerSecond">Of them those that failed on the way.</param>
/// <param name="P50Milliseconds">The time to the answer's head that half of them took at most; null for none.</param>
/// <param name="P99Milliseconds">The time to the answer's head that 99 in 100 took at most; null for none.</param>
/// <param name="InFlight">Calls under way.</param>
/// <param name="OpenBreakers">Circuit breakers that are open or half-open.</param>
/// <param name="InstancesOut">Instances that get no calls.</param>
internal sealed record TopService(
    string Service,
    double RequestsPerSecond,
    double ErrorsPerSecond,
    double? P50Milliseconds,
    double? P99Milliseconds,
    long InFlight,
    long OpenBreakers,
    long InstancesOut);
