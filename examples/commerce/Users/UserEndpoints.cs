using Commerce.Shared.Data;
using Commerce.Shared.Hosting;
using Commerce.Shared.Models;
using Commerce.Shared.Security;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

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
        routes.Patch("/users/{userId}", Access.Caller, UpdateAsync);
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
            runtime.Outbox.Add(connection, request, tenant, new UserCreatedEvent(row.ToUser()));
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

    private Answer Get(ServiceRequest request) =>
        Answer.Ok(runtime.Database.Read(connection => Existing(connection, request)).ToUser());

    private Task<Answer> UpdateAsync(ServiceRequest request)
    {
        var wanted = request.Body<UpdateUserRequest>();
        wanted.Validate();
        if (wanted.IsForAdministrators && !request.Caller.IsOperator)
            throw ApiException.Forbidden("Only administrators may change status and roles.");
        return runtime.Idempotent.RunAsync(request, connection =>
        {
            var before = Existing(connection, request);
            if (wanted.Email is { } email && UserStore.IsEmailTaken(connection, before, email))
                throw ApiException.Conflict("USER_EXISTS", "The e-mail address is taken.");
            var row = Changed(before, wanted);
            UserStore.Update(connection, row);
            runtime.Outbox.Add(connection, request, row.TenantId, new UserUpdatedEvent(row.Id, Changes(wanted)));
            return Answer.Ok(row.ToUser());
        });
    }

    private UserRow Changed(UserRow row, UpdateUserRequest wanted) => row with
    {
        Email = wanted.Email ?? row.Email,
        Profile = wanted.Profile is { } profile ? Json.Text(profile) : row.Profile,
        Status = wanted.Status is { } status ? EnumText<UserStatus>.Of(status) : row.Status,
        Roles = wanted.Roles is { } roles ? Json.Text(roles) : row.Roles,
        UpdatedAt = Timestamps.Now(runtime.Clock),
    };

    private static Dictionary<string, object> Changes(UpdateUserRequest wanted) =>
        new (string Name, object? Now)[] { ("email", wanted.Email), ("profile", wanted.Profile), ("status", wanted.Status), ("roles", wanted.Roles) }
            .Where(change => change.Now is not null)
            .ToDictionary(change => change.Name, change => change.Now!);

    // The user that the path names, if the caller may know of it.
    private static UserRow Existing(SqliteConnection connection, ServiceRequest request)
    {
        var id = request.Route("userId");
        var row = UserStore.Find(connection, id);
        if (row is null || row.TenantId != request.Caller.Tenant)
            throw ApiException.NotFound("User", id);
        return request.Caller.MaySee(id) ? row : throw ApiException.Forbidden("Only administrators may see other users.");
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
