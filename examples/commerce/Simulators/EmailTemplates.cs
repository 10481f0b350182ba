using System.Collections.Frozen;
using System.Text.Json;

namespace Commerce.Simulators;

/// <summary>The templates that the simulated email provider knows.</summary>
internal static class EmailTemplates
{
    private static readonly FrozenDictionary<string, (string Subject, string Body)> Known =
        new Dictionary<string, (string, string)>
        {
            ["welcome"] = ("Welcome, {{name}}", "<p>Hello {{name}}, your account is ready.</p>"),
            ["order-confirmation"] = ("Your order {{orderId}}", "<p>Thank you. Order {{orderId}} over {{total}} is confirmed.</p>"),
            ["payment-failed"] = ("Your order {{orderId}} is not paid", "<p>The payment of order {{orderId}} did not work.</p>"),
        }.ToFrozenDictionary();

    /// <summary>Subject and body with the variables put in, or null when there is no such template.</summary>
    public static (string Subject, string Body)? Render(string id, IReadOnlyDictionary<string, JsonElement> variables) =>
        Known.TryGetValue(id, out var template) ? (Fill(template.Subject, variables), Fill(template.Body, variables)) : null;

    private static string Fill(string text, IReadOnlyDictionary<string, JsonElement> variables) =>
        variables.Aggregate(text, (filled, variable) => filled.Replace($"{{{{{variable.Key}}}}}", variable.Value.ToString(), StringComparison.Ordinal));
}
