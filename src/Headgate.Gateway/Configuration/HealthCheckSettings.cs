using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Configuration;

/// <summary>How the instances of a service are asked whether they are well.</summary>
public sealed record HealthCheckSettings
{
    /// <summary>What is asked for.</summary>
    [Setting("The path, with a query where one is needed, for which each instance is asked with `GET`. The path of the instance's address is not put before it.", Format = SettingFormat.Path)]
    [Shorthand]
    public required string Path { get; init; }

    /// <summary>How often.</summary>
    [Setting("The time from the end of one check to the next, give or take a tenth at random.", Range = "100ms..1h")]
    public Duration Interval { get; init; } = Duration.FromSeconds(5);

    /// <summary>How long a check may take.</summary>
    [Setting("How long a check may take, connecting included.", Range = "10ms..1m")]
    public Duration Timeout { get; init; } = Duration.FromSeconds(1);

    /// <summary>After how many good checks in a row an instance is used again.</summary>
    [Setting("After how many good checks in a row an instance is used again.", Range = "1..100")]
    public int Healthy { get; init; } = 2;

    /// <summary>After how many bad checks in a row an instance is left out.</summary>
    [Setting("After how many bad checks in a row an instance is left out.", Range = "1..100")]
    public int Unhealthy { get; init; } = 3;

    /// <summary>The statuses of a good check.</summary>
    [Setting("The statuses of a good answer.", Range = "100..599", AllowSingle = true, Default = "any from 200 to 299")]
    public IReadOnlyList<int> Statuses { get; init; } = [];

    /// <summary>Whether an answer with a status is good.</summary>
    public bool IsGood(int status) => Statuses.Count == 0 ? status is >= 200 and <= 299 : Statuses.Contains(status);
}
