using Commerce.Shared.Data;
using Commerce.Shared.Hosting;
using Commerce.Shared.Models;
using Commerce.Shared.Security;
using Commerce.Shared.Web;

namespace Commerce.Users;

/// <summary>The users of a tenant.</summary>
internal sealed class UserEndpoints(ServiceRuntime runtime, PasswordHasher passwords)
{
    private const string UserRole = "user";

    public void Map(ServiceRoutes routes)
    {
        routes.Post("/users", Access.Public, CreateAsync);
        routes.Get("/users", Access.Operator, List);
        routes.Get("/users/{userId}", Access.Caller, Get);
    }

    private Task<Answer> CreateAsync(ServiceRequest request)
    {
        var wanted = request.Body<CreateUserRequest>();
        wanted.Validate();
        var tenant = TenantOf(request);
        // Who signs up is a user, whatever the request says; only an administrator hands out roles.
        var roles = request.Caller.IsAdmin && wanted.Roles is { Count: > 0 } asked ? asked : [UserRole];
        var hash = passwords.Hash(wanted.Password);
        return runtime.Idempotent.RunAsync(request, connection =>
        {
            if (UserStore.Exists(connection, tenant, wanted.Username, wanted.Email))
                throw ApiException.Conflict("USER_EXISTS", "The username or the e-mail address is taken.");
            var now = Timestamps.Now(runtime.Clock);
            var row = new UserRow
            {
                Id = Ids.New("usr", runtime.Clock),
                TenantId = tenant,
                Username = wanted.Username,
                Email = wanted.Email,
                PasswordHash = hash,
                Profile = Json.Text(wanted.Profile),
                Status = EnumText<UserStatus>.Of(UserStatus.Active),
                Roles = Json.Text(roles),
                CreatedAt = now,
                UpdatedAt = now,
            };
            UserStore.Insert(connection, row);
            return Answer.Created($"/users/{row.Id}", row.ToUser());
        });
    }

    private Answer List(ServiceRequest request)
    {
        var status = request.Query.Enums<UserStatus>("status");
        var page = PageQuery.Read(request.Query);
        return Answer.Ok(runtime.Database.Read(
            connection => UserStore.List(connection, request.Caller.Tenant, status, request.Query.Text("role"), page)));
    }

    private Answer Get(ServiceRequest request)
    {
        var id = request.Route("userId");
        var row = runtime.Database.Read(connection => UserStore.Find(connection, id));
        if (row is null || row.TenantId != request.Caller.Tenant)
            throw ApiException.NotFound("User", id);
        return request.Caller.MaySee(id)
            ? Answer.Ok(row.ToUser())
            : throw ApiException.Forbidden("Only administrators may see other users.");
    }

    // A person who signs up has no token yet and says by header which shop is meant; nothing is trusted with it.
    private static string TenantOf(ServiceRequest request)
    {
        var tenant = request.Caller.TenantId ?? request.Header("X-Tenant-ID") ?? Tenants.Default;
        return Tenants.Exists(tenant)
            ? tenant
            : throw ApiException.Invalid("header/X-Tenant-ID", "there is no such tenant");
    }
}
