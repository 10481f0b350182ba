using Commerce.Shared.Data;
using Commerce.Shared.Models;
using Commerce.Shared.Security;
using Commerce.Shared.Web;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Users;

/// <summary>
/// The people that a fresh installation knows. Their passwords are for development and documented in the README:
/// <c>alice</c> has <c>alice-password</c>, and so on.
/// </summary>
internal static class SeedUsers
{
    private static readonly (string Tenant, string Username, string FirstName, string LastName, Country Country, bool Admin)[] People =
    [
        (Tenants.Acme, "alice", "Alice", "Archer", Country.UnitedStates, false),
        (Tenants.Acme, "bob", "Bob", "Baker", Country.Germany, false),
        (Tenants.Acme, "acme-admin", "Ada", "Anders", Country.UnitedStates, true),
        (Tenants.Globex, "carol", "Carol", "Carver", Country.UnitedKingdom, false),
        (Tenants.Globex, "dave", "Dave", "Dupont", Country.France, false),
        (Tenants.Globex, "globex-admin", "Grace", "Garcia", Country.Japan, true),
    ];

    public static int Plant(SqliteConnection connection, PasswordHasher passwords, TimeProvider clock)
    {
        if (connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM users)"))
            return 0;
        var now = Timestamps.Now(clock);
        foreach (var person in People)
        {
            UserStore.Insert(connection, new UserRow
            {
                Id = $"user-{person.Username}",
                TenantId = person.Tenant,
                Username = person.Username,
                Email = $"{person.Username}@{person.Tenant}.example",
                PasswordHash = passwords.Hash($"{person.Username}-password"),
                Profile = Json.Text(Profile(person.FirstName, person.LastName, person.Country)),
                Status = EnumText<UserStatus>.Of(UserStatus.Active),
                Roles = person.Admin ? """["user","admin"]""" : """["user"]""",
                CreatedAt = now,
                UpdatedAt = now,
            });
        }

        return People.Length;
    }

    private static UserProfile Profile(string firstName, string lastName, Country country) => new()
    {
        FirstName = firstName,
        LastName = lastName,
        DisplayName = $"{firstName} {lastName}",
        Address = new Address { Street = "1 Canal Street", City = "Lockport", PostalCode = "10001", Country = country },
    };
}
