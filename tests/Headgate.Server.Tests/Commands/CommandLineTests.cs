using System.Text.Json;
using Headgate.Server.Commands;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Commands;

public class CommandLineTests
{
    private const string Faulty = """
        openapi: 3.1.0
        info: { title: Faulty, version: "1" }
        x-gateway-confg: {}
        paths:
          /a/{x}:
            get:
              operationId: same
              parameters: [{ name: x, in: path, required: true, schema: { type: string } }]
              responses: { "200": { description: ok } }
              x-gateway-backend: { service: [orders] }
          /b:
            get: { operationId: same, responses: { "200": { description: ok } } }
        """;

    [Fact]
    public async Task Validate_OfAFaultyDocument_ShowsEveryErrorWithPlaceExcerptAndFix()
    {
        using var directory = new TemporaryDirectory();
        string file = directory.Write("faulty.yaml", Faulty);
        (int exitCode, string output) = await RunAsync("validate", file);
        Assert.Equal(ExitCodes.Failure, exitCode);
        Assert.Contains($"{file}:3:1 /x-gateway-confg", output, StringComparison.Ordinal);
        Assert.Contains("3 | x-gateway-confg: {}", output, StringComparison.Ordinal);
        Assert.Contains("x-gateway-config", output, StringComparison.Ordinal);
        Assert.Contains("/paths/~1a~1{x}/get/x-gateway-backend/service", output, StringComparison.Ordinal);
        Assert.Contains("same", output, StringComparison.Ordinal);
        Assert.Contains("fix: ", output, StringComparison.Ordinal);
        Assert.Matches("1 document, 2 operations: 3 errors, 1 warning", output);
        Assert.DoesNotContain('\e', output);
    }

    [Fact]
    public async Task Validate_Caret_StandsUnderThePlace()
    {
        using var directory = new TemporaryDirectory();
        string[] lines = (await RunAsync("validate", directory.Write("faulty.yaml", Faulty))).Output.Split('\n');
        int excerpt = Array.FindIndex(lines, line => line.Contains("12 | ", StringComparison.Ordinal));
        int caret = lines[excerpt + 1].IndexOf('^', StringComparison.Ordinal);
        Assert.StartsWith("same", lines[excerpt][caret..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_OfAPlainDocument_WarnsOnceAndSucceeds()
    {
        using var directory = new TemporaryDirectory();
        (int exitCode, string output) = await RunAsync("validate", directory.Write("pets.yaml", Samples.PetsAndOwners));
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Contains("1 document, 2 operations: 0 errors, 1 warning", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_MistakeInAFileOfSeveralDocuments_IsToldOnce()
    {
        using var directory = new TemporaryDirectory();
        string overlay = directory.Write("gateway.overlay.yaml", "overlay: 1.0.0\nextends: pet.yaml\ninfo: { title: O, version: '1' }\nactions: [{ target: $.info, update: { summary: s } }]\n");
        (int exitCode, string output) = await RunAsync(
            "validate", directory.Write("pets.yaml", Samples.Pets), directory.Write("owners.yaml", Samples.Pets.Replace("pets", "owners", StringComparison.Ordinal)), "--overlay", overlay, "--upstream", "http://127.0.0.1:9");
        Assert.Equal(ExitCodes.Failure, exitCode);
        Assert.Equal(2, output.Split("HG1107").Length);
        Assert.Contains("2 documents, 2 operations: 1 error, 0 warnings", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_AsJson_IsOneObject()
    {
        using var directory = new TemporaryDirectory();
        (int exitCode, string output) = await RunAsync("validate", directory.Write("faulty.yaml", Faulty), "--format", "json");
        Assert.Equal(ExitCodes.Failure, exitCode);
        JsonElement report = JsonDocument.Parse(output).RootElement;
        JsonElement finding = report.GetProperty("documents")[0].GetProperty("findings").EnumerateArray().First(one => one.GetProperty("line").GetInt32() == 3);
        Assert.Equal("error", finding.GetProperty("severity").GetString());
        Assert.Equal("/x-gateway-confg", finding.GetProperty("pointer").GetString());
        Assert.Equal(1, finding.GetProperty("column").GetInt32());
    }

    [Fact]
    public async Task Routes_OfADocument_ShowSecurityBackendAndWhatIsNotEnforced()
    {
        using var directory = new TemporaryDirectory();
        string file = directory.Write("orders.yaml", """
            openapi: 3.1.0
            info: { title: Orders, version: "1" }
            servers: [{ url: /v1 }]
            security: [{ bearer: [] }]
            x-gateway-config: { services: { orders: { url: "http://127.0.0.1:9" } } }
            components: { securitySchemes: { bearer: { type: http, scheme: bearer } } }
            paths:
              /orders:
                get: { operationId: list, responses: { "200": { description: ok } }, x-gateway-publish: orders.listed, x-gateway-backend: { service: orders } }
              /open:
                get: { operationId: open, security: [], responses: { "200": { description: ok } } }
            """);
        (int exitCode, string output) = await RunAsync("routes", file, "--security", "passthrough", "--format", "json");
        Assert.Equal(ExitCodes.Success, exitCode);
        JsonElement[] routes = [.. JsonDocument.Parse(output).RootElement.EnumerateArray()];
        Assert.Equal(["/v1/orders", "/v1/open"], routes.Select(route => route.GetProperty("path").GetString()));
        Assert.Equal(["upstream (bearer)", "public"], routes.Select(route => route.GetProperty("security").GetString()));
        Assert.Contains("orders", routes[0].GetProperty("backend").GetString(), StringComparison.Ordinal);
        Assert.Equal("x-gateway-publish", Assert.Single(routes[0].GetProperty("notEnforced").EnumerateArray()).GetString());
        Assert.Contains("size-limits", routes[0].GetProperty("policies").EnumerateArray().Select(policy => policy.GetString()));
    }

    [Fact]
    public async Task Routes_OfADocumentThatCannotRun_FailAndSayWhy()
    {
        using var directory = new TemporaryDirectory();
        (int exitCode, string output) = await RunAsync("routes", directory.Write("pets.yaml", Samples.Pets));
        Assert.Equal(ExitCodes.Failure, exitCode);
        Assert.Contains("HG3001", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_WithFiles_NeedsNoInstance()
    {
        using var directory = new TemporaryDirectory();
        string file = directory.Write("pets.yaml", Samples.Pets);
        (int exitCode, string output) = await RunAsync("explain", "POST", "http://localhost/pets", "--file", file, "--upstream", "http://127.0.0.1:9");
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Contains("Headgate answers 405 METHOD_NOT_ALLOWED.", output, StringComparison.Ordinal);
        Assert.Contains("matched", (await RunAsync("explain", "GET", "/pets", "--file", file, "--upstream", "http://127.0.0.1:9", "-H", "X-A: b")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_Printed_IsJsonWithEveryExtension()
    {
        (int exitCode, string output) = await RunAsync("schema");
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", JsonDocument.Parse(output).RootElement.GetProperty("$schema").GetString());
        Assert.All(BuiltIn.Extensions.Definitions.Keys, name => Assert.Contains($"\"{name}\"", output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("status")]
    [InlineData("reload")]
    public async Task Command_WithoutAnInstance_SaysSo(string command)
    {
        using var directory = new TemporaryDirectory();
        (int exitCode, string output) = await RunAsync(command, "--data", directory.Path);
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Equal($"headgate: No instance runs with the data directory {directory.Path}. Name its own with --data DIR, or its address with --admin URL.", output.TrimEnd());
    }

    [Theory]
    [InlineData("run")]
    [InlineData("validate")]
    [InlineData("routes")]
    [InlineData("explain")]
    [InlineData("schema")]
    [InlineData("status")]
    [InlineData("reload")]
    [InlineData("store")]
    public async Task Help_OfACommand_HasExamples(string command)
    {
        (int exitCode, string output) = await RunAsync(command, "--help");
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Contains($"Examples:\n  headgate {command}", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "\e[31m")]
    [InlineData(false, "0 errors")]
    public async Task Colours_Wanted_OrNot(bool colours, string expected)
    {
        using var directory = new TemporaryDirectory();
        string output = (await RunAsync(colours, "validate", directory.Write("x.yaml", colours ? Faulty : Samples.Pets))).Output;
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Equal(colours, output.Contains('\e', StringComparison.Ordinal));
    }

    private static Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => RunAsync(colours: false, arguments);

    private static async Task<(int ExitCode, string Output)> RunAsync(bool colours, params string[] arguments)
    {
        using var output = new StringWriter();
        var console = new CommandConsole(output, output, colours);
        int exitCode = await CommandLine.RunAsync(arguments, console, TestContext.Current.CancellationToken);
        return (exitCode, output.ToString());
    }
}
