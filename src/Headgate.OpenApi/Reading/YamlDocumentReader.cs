using Headgate.OpenApi.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Headgate.OpenApi.Reading;

/// <summary>
/// Reads YAML 1.2 into nodes, from the parser's events: OpenAPI's JSON-compatible subset, with anchors and aliases (copied),
/// and merge keys. One instance reads one file.
/// </summary>
internal sealed class YamlDocumentReader(SourceFile file, string text, LoadContext context)
{
    private const string SyntaxFix = "Check the indentation, quotes and colons here and just before.";

    private readonly Stack<YamlFrame> _open = new();
    private readonly YamlAnchors _anchors = new(file, context);
    private DocumentNode? _root;
    private bool _sawDocument;

    /// <summary>The root value, or null after a finding or for an empty stream.</summary>
    public DocumentNode? Read()
    {
        var scanner = new Scanner(new StringReader(text), skipComments: true);
        var parser = new Parser(scanner);
        while (Next(scanner, parser) is { } more)
        {
            if (!more)
                return _root;
            if (!Take(parser.Current!))
                return null;
        }

        return null;
    }

    /// <summary>Moves to the next event: true when there is one, false at the end, null after a finding.</summary>
    private bool? Next(Scanner scanner, Parser parser)
    {
        try
        {
            return parser.MoveNext();
        }
        catch (YamlException error)
        {
            Report(OpenApiDiagnostics.YamlSyntax, error.Start, Describe(error), SyntaxFix);
            return null;
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // YamlDotNet has assertions that malformed text can reach; the fuzz tests found one in its plain scalars. Nothing but
            // the parser runs in here, so such an exception speaks of the text.
            Report(OpenApiDiagnostics.YamlSyntax, scanner.CurrentPosition, "The YAML parser cannot read this.", SyntaxFix);
            return null;
        }
    }

    private static string Describe(YamlException error) => error.InnerException is null ? error.Message : error.InnerException.Message;

    private bool Take(ParsingEvent parsed)
    {
        switch (parsed)
        {
            case DocumentStart when _sawDocument:
                Report(OpenApiDiagnostics.YamlSeveralDocuments, parsed.Start, "A second YAML document starts here.", "Give each document a file of its own.");
                return false;
            case DocumentStart:
                _sawDocument = true;
                return true;
            case Scalar scalar:
                return TakeScalar(scalar);
            case AnchorAlias alias:
                return TakeAlias(alias);
            case MappingStart or SequenceStart:
                return TakeStart((NodeEvent)parsed);
            case MappingEnd or SequenceEnd:
                return TakeEnd();
            default:
                return true;
        }
    }

    private bool TakeScalar(Scalar scalar)
    {
        (int line, int column) = Place(scalar.Start);
        if (!context.SpendNodes(1, file, line, column) || !context.AllowsLength(scalar.Value.Length, file, line, column))
            return false;
        if (_open.TryPeek(out YamlFrame? frame) && frame.ExpectsKey)
        {
            _anchors.Keep(scalar.Anchor, new ScalarNode(file, line, column, ScalarKind.String, scalar.Value));
            return TakeKey(frame, scalar.Value, scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty, line, column);
        }

        (ScalarKind kind, string? value) = new YamlTags(file, context).Resolve(scalar, line, column);
        if (value is null)
            return false;
        var node = new ScalarNode(file, line, column, kind, value);
        _anchors.Keep(scalar.Anchor, node);
        return Attach(node);
    }

    private bool TakeKey(YamlFrame frame, string key, bool plain, int line, int column)
    {
        frame.Key = key;
        frame.KeyLocation = new SourceLocation(file.Path, line, column);
        frame.KeyIsMerge = plain && key == "<<";
        return true;
    }

    private bool TakeAlias(AnchorAlias alias)
    {
        (int line, int column) = Place(alias.Start);
        if (_anchors.Copy(alias.Value.Value, _open.Count, line, column) is not { } copy)
            return false;
        if (!_open.TryPeek(out YamlFrame? frame) || !frame.ExpectsKey)
            return Attach(copy);
        if (copy is ScalarNode scalar)
            return TakeKey(frame, scalar.Text, plain: false, line, column);
        return ReportKey(line, column);
    }

    private bool TakeStart(NodeEvent start)
    {
        (int line, int column) = Place(start.Start);
        if (_open.TryPeek(out YamlFrame? frame) && frame.ExpectsKey)
            return ReportKey(line, column);
        if (!context.SpendNodes(1, file, line, column) || !new YamlTags(file, context).AllowsCollection(start, line, column))
            return false;
        if (_open.Count >= context.Limits.MaxDepth)
        {
            context.ReportDepth(file, line, column);
            return false;
        }

        string? anchor = start.Anchor.IsEmpty ? null : start.Anchor.Value;
        _anchors.Open(anchor);
        _open.Push(new YamlFrame(start is MappingStart ? new ObjectNode(file, line, column) : new ArrayNode(file, line, column), anchor));
        return true;
    }

    private bool TakeEnd()
    {
        YamlFrame frame = _open.Pop();
        if (frame.Container is ObjectNode container && !new YamlMerge(context).Apply(container, frame.Merges))
            return false;
        _anchors.Close(frame.Anchor, frame.Container);
        return Attach(frame.Container);
    }

    private bool Attach(DocumentNode value)
    {
        if (!_open.TryPeek(out YamlFrame? frame))
        {
            _root = value;
            return true;
        }

        if (frame.Container is ArrayNode array)
            array.Add(value);
        else if (frame.KeyIsMerge)
            frame.Merges.Add(value);
        else
            Add(frame, (ObjectNode)frame.Container, value);
        (frame.Key, frame.KeyIsMerge) = (null, false);
        return true;
    }

    private void Add(YamlFrame frame, ObjectNode holder, DocumentNode value)
    {
        if (holder.TryAdd(new ObjectMember(frame.Key!, frame.KeyLocation, value)))
            return;
        context.Diagnostics.Add(
            OpenApiDiagnostics.DuplicateKey,
            new ObjectMember(frame.Key!, frame.KeyLocation, holder[frame.Key!]!),
            $"The key '{frame.Key}' is written twice in this mapping.",
            "Keep one of them.");
    }

    private bool ReportKey(int line, int column)
    {
        context.Report(OpenApiDiagnostics.YamlKeyNotScalar, file, line, column, "A key is a mapping or a sequence.", "Use a string as key. A value that starts with '{' must be quoted.");
        return false;
    }

    private void Report(DiagnosticDescriptor descriptor, Mark mark, string message, string fix)
    {
        (int line, int column) = Place(mark);
        context.Report(descriptor, file, line, column, message, fix);
    }

    private static (int Line, int Column) Place(Mark mark) => ((int)mark.Line, (int)mark.Column);
}
