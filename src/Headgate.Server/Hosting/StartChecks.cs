using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Roles;
using Headgate.Gateway.ServiceAccounts;
using Headgate.Gateway.Telemetry;
using Headgate.Server.Settings;
using Headgate.Storage;

namespace Headgate.Server.Hosting;

/// <summary>What of the surroundings must be in order before an instance starts. Stateless.</summary>
internal static class StartChecks
{
    public static string? KeySecretOf(ServerOptions options, SecretStore secrets)
    {
        if (options.TokenKeySecret is not { } reference)
            return null;
        string? secret = secrets.Find(reference.Name);
        return secret is { Length: >= ServiceAccountOptions.ShortestKeySecret }
            ? secret
            : throw new StartFailure($"The secret {reference.Name}, which {SettingsCatalogue.TokenKeySecret.Key} names, {(secret is null ? "is not there" : $"is shorter than {ServiceAccountOptions.ShortestKeySecret} characters")}. Give it in HEADGATE_SECRET_{reference.Name} or in the file {Path.Combine(options.SecretsDirectory, reference.Name)}.");
    }

    public static GatewayTelemetry TelemetryOf(ServerOptions options, TimeProvider time, ILoggerFactory logs)
    {
        var given = new TelemetryOptions { AccessLog = options.AccessLog.Format, AccessLogPath = options.AccessLog.Path };
        TelemetryOptions complete = OtlpEnvironment.Apply(given, Environment.GetEnvironmentVariable, out IReadOnlyList<string> problems);
        if (problems.Count > 0)
            throw new StartFailure($"{string.Join(" ", problems)} Mend or unset the variable.");
        try
        {
            return GatewayTelemetry.Create(complete, time, logs);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartFailure($"The access log {options.AccessLog.Path} cannot be opened: {exception.Message} Choose another with --access-log.", exception);
        }
    }
}
