using System.Globalization;
using System.Text;
using Headgate.Gateway.Pipeline;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>
/// What an operation without a body says of its requests, as one text: operations of a document with equal texts share one policy. In a large document most do, and a request to one
/// of many operations finds its checks in the processor's cache. Used while compiling.
/// </summary>
internal static class ValidationKey
{
    /// <summary>The text; null for an operation whose checks are its own.</summary>
    public static string? Of(OperationScope scope, ValidationExtension settings, string[] answers)
    {
        if (scope.Operation.RequestBody is not null)
            return null;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{settings.RefuseUnknownQuery} {settings.MaxBody.Bytes} ");
        foreach (string answer in answers)
            Append(text, answer);
        string[] template = [.. scope.Operation.Path.ParameterNames];
        foreach (ApiParameter parameter in scope.Operation.Parameters)
        {
            // Which segment it is depends on the path, and what a reference means on the file in which it is written.
            text.Append(CultureInfo.InvariantCulture, $"{(parameter.In == ParameterLocation.Path ? Array.IndexOf(template, parameter.Name) : -1)} ");
            Append(text, parameter.Node.File.FullPath);
            Append(text, parameter.Node);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, DocumentNode node)
    {
        switch (node)
        {
            case ObjectNode value:
                text.Append('{');
                foreach (ObjectMember member in value.Members)
                {
                    Append(text, member.Key);
                    Append(text, member.Value);
                }

                text.Append('}');
                break;
            case ArrayNode value:
                text.Append('[');
                foreach (DocumentNode item in value.Items)
                    Append(text, item);
                text.Append(']');
                break;
            case ScalarNode value:
                text.Append((int)value.Kind);
                Append(text, value.Text);
                break;
        }
    }

    // With its length, so that no text can look like the end of another.
    private static void Append(StringBuilder text, string? word) => text.Append(CultureInfo.InvariantCulture, $"{word?.Length}:{word}");
}
