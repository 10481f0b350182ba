using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Headgate.OpenApi.Diagnostics;

namespace Headgate.OpenApi.Reading;

/// <summary>Reads JSON (RFC 8259) into nodes with exact positions. One instance reads one file.</summary>
internal sealed class JsonDocumentReader(SourceFile file, byte[] utf8, LoadContext context)
{
    private readonly Stack<DocumentNode> _open = new();
    private readonly JsonStringCache _strings = new();
    private JsonPosition _position = new(Ascii.IsValid(utf8));
    private DocumentNode? _root;
    private string? _key;
    private SourceLocation _keyLocation;

    /// <summary>The root value, or null after a finding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public DocumentNode? Read()
    {
        // The reader's own depth limit stays out of the way: ours comes first and has its own finding.
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = context.Limits.MaxDepth + 2 });
        try
        {
            while (reader.Read())
            {
                _position.MoveTo(utf8, (int)reader.TokenStartIndex);
                if (!context.SpendNodes(1, file, _position.Line, _position.Column) || !Take(ref reader))
                    return null;
            }
        }
        catch (JsonException error)
        {
            new JsonSyntaxError(file, utf8, context).Report(error);
            return null;
        }

        return _root;
    }

    private bool Take(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                if (Text(ref reader) is not { } key)
                    return false;
                _key = key;
                _keyLocation = new SourceLocation(file.Path, _position.Line, _position.Column);
                return true;
            case JsonTokenType.StartObject:
                return Open(new ObjectNode(file, _position.Line, _position.Column));
            case JsonTokenType.StartArray:
                return Open(new ArrayNode(file, _position.Line, _position.Column));
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _open.Pop();
                return true;
            default:
                return TakeScalar(ref reader);
        }
    }

    private bool TakeScalar(ref Utf8JsonReader reader)
    {
        (ScalarKind kind, string? text) = reader.TokenType switch
        {
            JsonTokenType.String => (ScalarKind.String, Text(ref reader)),
            JsonTokenType.Number => (ScalarKind.Number, _strings.Get(utf8, (int)reader.TokenStartIndex, reader.ValueSpan.Length)),
            JsonTokenType.True => (ScalarKind.Boolean, "true"),
            JsonTokenType.False => (ScalarKind.Boolean, "false"),
            _ => (ScalarKind.Null, "null"),
        };
        if (text is null)
            return false;
        Attach(new ScalarNode(file, _position.Line, _position.Column, kind, text));
        return true;
    }

    private bool Open(DocumentNode container)
    {
        if (_open.Count >= context.Limits.MaxDepth)
        {
            context.ReportDepth(file, _position.Line, _position.Column);
            return false;
        }

        Attach(container);
        _open.Push(container);
        return true;
    }

    private void Attach(DocumentNode value)
    {
        if (!_open.TryPeek(out DocumentNode? holder))
        {
            _root = value;
        }
        else if (holder is ArrayNode array)
        {
            array.Add(value);
        }
        else if (!((ObjectNode)holder).TryAdd(new ObjectMember(_key!, _keyLocation, value)))
        {
            // The value is read on, outside the tree, so that what is wrong in the rest of the file is found too.
            context.Diagnostics.Add(
                OpenApiDiagnostics.DuplicateKey,
                new ObjectMember(_key!, _keyLocation, ((ObjectNode)holder)[_key!]!),
                $"The key '{_key}' is written twice in this object.",
                "Keep one of them.");
        }
    }

    private string? Text(ref Utf8JsonReader reader)
    {
        int length = reader.ValueSpan.Length;
        if (!context.AllowsLength(length, file, _position.Line, _position.Column))
            return null;
        if (!reader.ValueIsEscaped)
            return _strings.Get(utf8, (int)reader.TokenStartIndex + 1, length);
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // RFC 8259 §8.2: an escape that is half a surrogate pair is no character; the reader refuses to make one up.
            context.Report(OpenApiDiagnostics.JsonSyntax, file, _position.Line, _position.Column, "The string holds a \\u escape that is half of a surrogate pair.", "Write both halves, or the character itself.");
            return null;
        }
    }
}
