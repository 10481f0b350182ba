using System.Text;
using Headgate.Gateway.Policies.Validation;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.StaticAnswers;

/// <summary>An example of a document.</summary>
/// <param name="Name">Its name; null where it has none.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsText">Whether the value is the very text of the message.</param>
internal sealed record DeclaredExample(string? Name, DocumentNode Value, bool IsText)
{
    /// <summary>The example as a message of a media type has it; null where it cannot be written: what is not JSON, a document can only say as text.</summary>
    public byte[]? Write(string mediaType)
    {
        if (!IsText && MediaType.KindOf(mediaType) == MediaKind.Json)
            return NodeJson.Write(Value);
        return Value is ScalarNode { Kind: ScalarKind.String } text ? Encoding.UTF8.GetBytes(text.Text) : null;
    }
}
