using System.Text.RegularExpressions;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Policies.HeaderTransforms;

/// <summary>Puts secrets into values of header fields that refer to them as <c>${secret:NAME}</c>, while a plan is compiled. Used by one thread.</summary>
/// <param name="scope">The operation whose fields they are.</param>
/// <param name="node">Where a secret that cannot be used is reported.</param>
internal sealed partial class SecretTexts(OperationScope scope, DocumentNode node)
{
    /// <summary>Whether a value referred to a secret that cannot be used.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>The field with its secrets.</summary>
    public KeyValuePair<string, string> Resolve(KeyValuePair<string, string> field) => new(field.Key, Reference().Replace(field.Value, match => Find(match.Groups[1].Value)));

    [GeneratedRegex(@"\$\{secret:([A-Za-z0-9_.-]+)\}", RegexOptions.NonBacktracking)]
    private static partial Regex Reference();

    private string Find(string name)
    {
        // Who only looks at a document need not have its secrets.
        if (scope.Api.Secrets is not { } secrets)
            return "";
        try
        {
            if (secrets(name) is not { } secret)
                return Refuse($"There is no secret '{name}'.", $"Set HEADGATE_SECRET_{name.ToUpperInvariant().Replace('-', '_').Replace('.', '_')}, or put it into a file {name} of the secrets directory (--secrets DIR).");

            // RFC 9110 §5.5: a line end in a value would begin another field.
            return secret.Any(char.IsControl) ? Refuse($"The secret '{name}' has a line end or another control character.", "Write it on one line.") : secret;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Refuse($"The secret '{name}' cannot be read: {exception.Message}", "Let the user of this process read it.");
        }
    }

    private string Refuse(string reason, string fix)
    {
        HasFailed = true;
        scope.Diagnostics.Add(PlanDiagnostics.SecretMissing, node, reason, fix);
        return "";
    }
}
