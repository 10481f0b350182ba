using System.Text.Json;
using Headgate.Server.Commands;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Admin;

/// <summary>Roles and their assignments through the admin API and <c>headgate roles</c>.</summary>
public sealed class RoleTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private TestGateway _gateway = null!;

    private AdminApi Api => new(_gateway);

    public async ValueTask InitializeAsync() =>
        _gateway = await TestGateway.StartAsync(_directory.Write("pets.yaml", Samples.Pets), new Uri("http://127.0.0.1:9"));

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Role_FromMakingToDeleting_AnswersAsDocumented()
    {
        JsonElement made = await Api.SendAsync("PUT", "/roles/keeper", 201, new { permissions = new[] { "pet:*" } });
        Assert.Equal(("keeper", "pet:*"), (made.GetProperty("name").GetString(), made.GetProperty("permissions")[0].GetString()));
        await Api.SendAsync("PUT", "/roles/keeper", 200, new { permissions = new[] { "pet:read", "*:list" } });
        Assert.Equal(2, (await Api.SendAsync("GET", "/roles/keeper")).GetProperty("permissions").GetArrayLength());
        await Api.SendAsync("PUT", "/roles/realm:admin", 201, new { permissions = Array.Empty<string>() });
        JsonElement first = await Api.SendAsync("GET", "/roles?limit=1");
        JsonElement second = await Api.SendAsync("GET", $"/roles?limit=1&cursor={first.GetProperty("next").GetString()}");
        Assert.Equal(("keeper", "realm:admin"), (first.GetProperty("items")[0].GetProperty("name").GetString(), second.GetProperty("items")[0].GetProperty("name").GetString()));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);

        JsonElement assignment = await Api.SendAsync("POST", "/role-assignments", 201, new { subject = "user:ada", tenant = "acme", role = "keeper" });
        Assert.Contains("Somebody has the role keeper", (await Api.SendAsync("DELETE", "/roles/keeper", 409)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        await Api.SendAsync("DELETE", $"/role-assignments/{assignment.GetProperty("id").GetString()}", 204);
        await Api.SendAsync("DELETE", "/roles/keeper", 204);
        await Api.SendAsync("DELETE", "/roles/keeper", 404);
        await Api.SendAsync("GET", "/roles/keeper", 404);
    }

    [Fact]
    public async Task Assignments_MadeAndListed_AreThoseThatAreAskedFor()
    {
        await Api.SendAsync("PUT", "/roles/keeper", 201, new { permissions = new[] { "pet:*" } });
        JsonElement made = await Api.SendAsync("POST", "/role-assignments", 201, new { subject = "user:ada", tenant = "acme", role = "keeper", scope = "team:frontend" });
        JsonElement same = await Api.SendAsync("POST", "/role-assignments", 200, new { subject = "user:ada", tenant = "acme", role = "keeper", scope = "team:frontend" });
        Assert.Equal(made.GetRawText(), same.GetRawText());
        await Api.SendAsync("POST", "/role-assignments", 201, new { subject = "service-account:sa:1", tenant = "*", role = "keeper" });
        await Api.SendAsync("POST", "/role-assignments", 201, new { subject = "api-key:k1", role = "keeper", tenant = (string?)null, scope = (string?)null });

        Assert.Equal(["user:ada", "service-account:sa:1", "api-key:k1"], await SubjectsAsync(""));
        Assert.Equal(["service-account:sa:1"], await SubjectsAsync("?tenant=*"));
        Assert.Equal(["user:ada"], await SubjectsAsync("?subject=user:ada&role=keeper&tenant=acme"));
        Assert.Empty(await SubjectsAsync("?subject=user:sa:1"));
        Assert.Empty(await SubjectsAsync("?role=reader"));
    }

    [Theory]
    [InlineData("PUT", "/roles/-keeper", """{"permissions":[]}""", "#/path/role")]
    [InlineData("PUT", "/roles/keep%2Fer", """{"permissions":[]}""", "#/path/role")]
    [InlineData("PUT", "/roles/keeper", """{"permissions":["a:b","a b"]}""", "/permissions/1")]
    [InlineData("PUT", "/roles/keeper", """{"permissions":["a:"]}""", "/permissions/0")]
    [InlineData("PUT", "/roles/keeper", """{"permissions":"a:b"}""", "/permissions")]
    [InlineData("PUT", "/roles/keeper", """{"permission":["a:b"],"permissions":[]}""", "/permission")]
    [InlineData("POST", "/role-assignments", """{"subject":"ada","role":"keeper"}""", "/subject")]
    [InlineData("POST", "/role-assignments", """{"subject":"group:x","role":"keeper"}""", "/subject")]
    [InlineData("POST", "/role-assignments", """{"subject":"user:a\nb","role":"keeper"}""", "/subject")]
    [InlineData("POST", "/role-assignments", """{"subject":"user:ada","role":"keeper","tenant":"a/b"}""", "/tenant")]
    [InlineData("POST", "/role-assignments", """{"subject":"user:ada","role":"keeper","tenant":""}""", "/tenant")]
    [InlineData("POST", "/role-assignments", """{"subject":"user:ada","role":"keeper","scope":"frontend"}""", "/scope")]
    [InlineData("POST", "/role-assignments", """{"subject":"user:ada"}""", "/role")]
    [InlineData("GET", "/role-assignments?subject=ada", null, "#/query/subject")]
    public async Task Request_ThatBreaksTheDocument_Is400AndNamesThePlace(string method, string path, string? body, string pointer)
    {
        JsonElement problem = await Api.SendAsync(method, path, 400, body);
        Assert.Contains(pointer, problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()));
        Assert.Empty(await SubjectsAsync(""));
    }

    [Theory]
    [InlineData("acme", "tenant:globex", "An assignment of tenant acme cannot hold in tenant:globex.")]
    [InlineData("acme", "tenant:*", "An assignment of tenant acme cannot hold in tenant:*.")]
    [InlineData("acme", null, "There is no role keeper.")]
    public async Task Assignment_ThatCannotBe_Is422(string tenant, string? scope, string reason)
    {
        JsonElement problem = await Api.SendAsync("POST", "/role-assignments", 422, new { subject = "user:ada", tenant, role = "keeper", scope });
        Assert.StartsWith(reason, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_WhileTheStoreIsGone_Is503WithTheReason()
    {
        File.Move(Path.Combine(_gateway.DataDirectory, "headgate.db"), _directory.PathOf("away.db"));
        JsonElement problem = await Api.SendAsync("PUT", "/roles/keeper", 503, new { permissions = new[] { "pet:*" } });
        Assert.Equal("SERVICE_UNAVAILABLE", problem.GetProperty("code").GetString());
        Assert.Contains("headgate.db", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_FromMakingARoleToDeletingIt_SayWhatTheyDid()
    {
        Assert.Equal((0, "There are no roles in the store yet: headgate roles set makes one."), await RunAsync("list"));
        Assert.Equal((0, "keeper permits pet:* store:read"), await RunAsync("set", "keeper", "pet:*", "store:read"));
        Assert.Matches("^keeper +[-0-9: ]+Z +pet:\\* store:read$", (await RunAsync("list")).Output.Split('\n')[1]);

        (int exitCode, string output) = await RunAsync("assign", "keeper", "--to", "user:ada", "--tenant", "acme", "--scope", "team:frontend");
        Assert.Equal(0, exitCode);
        Assert.Matches(@"^user:ada has the role keeper for tenant acme in team:frontend \([0-9a-f]{32}\)$", output);
        string id = output.Split('(', ')')[1];
        Assert.Matches(@"^user:bob has the role keeper for every tenant \(", (await RunAsync("assign", "keeper", "--to", "user:bob", "--tenant", "*")).Output);
        Assert.Matches(@"^user:eve has the role keeper for requests without a tenant \(", (await RunAsync("assign", "keeper", "--to", "user:eve")).Output);

        string[] lines = (await RunAsync("assignments", "--of", "user:ada")).Output.Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Matches($"^{id} +user:ada +keeper +for tenant acme in team:frontend$", lines[1]);
        Assert.Equal(3, JsonDocument.Parse((await RunAsync("assignments", "--format", "json")).Output).RootElement.GetArrayLength());

        Assert.Equal(ExitCodes.Failure, (await RunAsync("delete", "keeper")).ExitCode);
        Assert.Equal((ExitCodes.Failure, "headgate: The instance answered 422: There is no role reader. Make it with PUT /admin/v1/roles/reader."), await RunAsync("assign", "reader", "--to", "user:ada"));
        (exitCode, output) = await RunAsync("assign", "keeper", "--to", "ada");
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains("  /subject: must match", output, StringComparison.Ordinal);

        Assert.Equal((0, $"{id} is gone"), await RunAsync("unassign", id));
        Assert.Equal((ExitCodes.Failure, $"headgate: The instance answered 404: There is no role assignment {id}."), await RunAsync("unassign", id));
        string[] rest = [.. JsonDocument.Parse((await RunAsync("assignments", "--format", "json")).Output).RootElement.EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];
        Assert.Equal(0, (await RunAsync(["unassign", .. rest])).ExitCode);
        Assert.Equal((0, "There are no such assignments."), await RunAsync("assignments"));
        Assert.Equal((0, "keeper is deleted"), await RunAsync("delete", "keeper"));
    }

    private async Task<string[]> SubjectsAsync(string query) =>
        [.. (await Api.SendAsync("GET", "/role-assignments" + query)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("subject").GetString()!)];

    private async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        (int exitCode, string output) = await InstanceCommand.RunAsync(_gateway, ["roles", .. arguments]);
        return (exitCode, output.ReplaceLineEndings("\n").TrimEnd());
    }
}
