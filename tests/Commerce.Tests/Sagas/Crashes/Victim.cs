namespace Commerce.Tests.Sagas.Crashes;

/// <summary>What is killed: programs that end at the same moment, and are started again.</summary>
/// <param name="Name">What they are called.</param>
/// <param name="Programs">Their names in <see cref="CrashingShop.Programs"/>.</param>
internal sealed record Victim(string Name, IReadOnlyList<string> Programs)
{
    public static readonly Victim Gateway = new("the gateway", [CrashingShop.Gateway]);

    /// <summary>The services of a checkout's steps, and the two that these ask.</summary>
    public static readonly IReadOnlyList<Victim> Services =
        [.. new[] { "order-service", "product-service", "inventory-service", "payment-service", "payment-provider" }.Select(service => new Victim(service, [service]))];

    public static readonly Victim AllServices = new("all services", [.. CrashingShop.Programs.Where(program => program != CrashingShop.Gateway)]);

    /// <summary>As when the machine stops.</summary>
    public static readonly Victim Everything = new("everything", CrashingShop.Programs);

    public override string ToString() => Name;
}
