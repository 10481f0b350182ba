using Commerce.Inventory;
using Commerce.Notifications;
using Commerce.Orders;
using Commerce.Payments;
using Commerce.Products;
using Commerce.Simulators;
using Commerce.Users;

namespace Commerce.Shared.Hosting;

/// <summary>Every service that this program can be.</summary>
internal static class ServiceCatalogue
{
    /// <summary>
    /// In the order of starting. They stop the other way round: those that call others first, so that what is under way
    /// can still be finished.
    /// </summary>
    public static readonly IReadOnlyList<CommerceService> All =
    [
        new UserService(),
        new ProductService(),
        new InventoryService(),
        new PaymentProviderSimulator(),
        new EmailProviderSimulator(),
        new SmsProviderSimulator(),
        new PaymentService(),
        new NotificationService(),
        new OrderService(),
    ];

    public static int PortOffset(string service) => All.Single(candidate => candidate.Name == service).PortOffset;

    /// <summary>
    /// The services that <c>--service</c> means, in the order of starting: all, or some with commas between, each by its full name or the
    /// name without <c>-service</c>.
    /// </summary>
    /// <exception cref="CommerceStartException">There is no service of a name.</exception>
    public static IReadOnlyList<CommerceService> Select(string names)
    {
        if (names == CommerceOptions.AllServices)
            return All;
        HashSet<CommerceService> wanted = [.. names.Split(',', StringSplitOptions.TrimEntries).Select(Find)];
        return [.. All.Where(wanted.Contains)];
    }

    private static CommerceService Find(string name) =>
        All.FirstOrDefault(service => service.Name == name || service.Name == $"{name}-service")
        ?? throw new CommerceStartException(
            $"There is no service '{name}'. Use all, or one or more of {string.Join(", ", All.Select(service => service.Name))}.");
}
