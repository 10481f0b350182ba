using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Values;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Values;

namespace Headgate.Integration.Sagas;

/// <summary>
/// The header fields of a client's request that a saga keeps and its services see: those that the operation declares or an expression reads, and what speaks of languages and of the body. Never
/// credentials: whoever reads the store would have them. Stateless.
/// </summary>
internal static class KeptFields
{
    private static readonly string[] s_always = ["Accept-Language", "Content-Type", "Content-Encoding", "Content-Language", "Host"];

    // Idempotency-Key is the saga's own, for each step another.
    private static readonly string[] s_never = ["Authorization", "Proxy-Authorization", "Cookie", "Idempotency-Key"];

    /// <summary>Their names.</summary>
    public static string[] Of(OperationScope scope, SagaExtension extension)
    {
        IEnumerable<string> declared = scope.Operation.Parameters.Where(parameter => parameter.In == ParameterLocation.Header).Select(parameter => parameter.Name);
        return [.. s_always.Concat(declared).Concat(ReadBy(extension)).Distinct(StringComparer.OrdinalIgnoreCase).Where(name => !IsCredential(scope.Document, name))];
    }

    /// <summary>The names of the header fields that the values of a saga read.</summary>
    public static IEnumerable<string> ReadBy(SagaExtension extension) => Expressions(extension).OfType<RequestFieldExpression>().Where(field => field.Field == RequestField.Header).Select(field => field.Name);

    /// <summary>The values that read a header field which is no saga's to keep.</summary>
    public static IEnumerable<RequestFieldExpression> Credentials(ApiDocument document, SagaExtension extension) =>
        Expressions(extension).OfType<RequestFieldExpression>().Where(field => field.Field == RequestField.Header && IsCredential(document, field.Name));

    /// <summary>What a value is made of.</summary>
    public static IEnumerable<ValueExpression> Flatten(ValueExpression? value) => value switch
    {
        null => [],
        InterpolatedExpression text => text.Parts.SelectMany(Flatten),
        ObjectExpression map => map.Members.SelectMany(member => Flatten(member.Value)),
        ArrayExpression list => list.Items.SelectMany(Flatten),
        _ => [value],
    };

    private static bool IsCredential(ApiDocument document, string name) =>
        s_never.Contains(name, StringComparer.OrdinalIgnoreCase)
        || document.SecuritySchemes.Values.Any(scheme => scheme is { Type: "apiKey", In: ParameterLocation.Header } && string.Equals(scheme.ParameterName, name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<ValueExpression> Expressions(IValueReader reader) =>
        reader.Targets.SelectMany(target => target.Parts).Select(part => part.Expression).Concat(reader.Values).SelectMany(Flatten);
}
