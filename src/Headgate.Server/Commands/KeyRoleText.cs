using Headgate.Gateway.Policies.ApiKey.Keys;

namespace Headgate.Server.Commands;

/// <summary>Reads roles as the command line has them: <c>NAME[@SCOPE]=PERMISSION[,PERMISSION]</c>. Stateless, thread-safe.</summary>
internal static class KeyRoleText
{
    /// <summary>The roles; null when one is not written so, which is then on the console.</summary>
    public static IReadOnlyList<ApiKeyRole>? Read(IReadOnlyList<string> texts, CommandConsole console)
    {
        var roles = new List<ApiKeyRole>();
        foreach (string text in texts)
        {
            if (Read(text) is not { } role)
            {
                console.Refuse($"--role {text} is not written NAME[@SCOPE]=PERMISSION[,PERMISSION], like deployer@team:frontend=application:*,resource:read.");
                return null;
            }

            roles.Add(role);
        }

        return roles;
    }

    private static ApiKeyRole? Read(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || equals == text.Length - 1)
            return null;
        string[] named = text[..equals].Split('@', 2);
        string[] permissions = text[(equals + 1)..].Split(',');
        return named.Concat(permissions).Any(part => part.Length == 0) ? null : new ApiKeyRole(named[0], named.Length == 1 ? null : named[1], permissions);
    }
}
