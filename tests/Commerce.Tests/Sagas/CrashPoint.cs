namespace Commerce.Tests.Sagas;

/// <summary>A point of a checkout that is written down.</summary>
/// <param name="Name">What has happened there.</param>
/// <param name="Service">In whose database it stands; null for the gateway's store.</param>
/// <param name="Sql">How often it has happened.</param>
internal sealed record CrashPoint(string Name, string? Service, string Sql)
{
    public override string ToString() => Name;
}
