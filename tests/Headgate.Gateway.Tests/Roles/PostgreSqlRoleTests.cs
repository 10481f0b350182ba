using Headgate.Gateway.Tests.ServiceAccounts;
using Headgate.Storage;

namespace Headgate.Gateway.Tests.Roles;

/// <summary>Roles in a PostgreSQL database.</summary>
public sealed class PostgreSqlRoleTests(SharedCluster cluster) : RoleCompliance
{
    protected override async Task<StoreLocation?> NewLocationAsync() => await cluster.NewDatabaseAsync();
}
