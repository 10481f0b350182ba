using Commerce.Shared.Web;

namespace Commerce.Shared.Hosting;

/// <summary>One service of the shop: its name, its tables and its endpoints.</summary>
internal abstract class CommerceService
{
    public abstract string Name { get; }

    /// <summary>What is added to the port base.</summary>
    public abstract int PortOffset { get; }

    /// <summary>The tables of its own database, made when missing.</summary>
    public abstract string Schema { get; }

    /// <summary>The name of the secret that callers of its key-protected endpoints must send.</summary>
    public virtual string AcceptedKey => SecretFiles.ServiceKey;

    /// <summary>Whether it is a service of the shop, which publishes events and reads them; third parties do not.</summary>
    public virtual bool HasEvents => true;

    /// <summary>Fills a new database with what a fresh installation knows.</summary>
    public virtual Task PrepareAsync(ServiceRuntime runtime, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Maps the endpoints.</summary>
    public abstract void Map(ServiceRoutes routes, ServiceRuntime runtime);
}
