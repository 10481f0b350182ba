using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Overlays;

/// <summary>Parses the subset of JSONPath (RFC 9535) that overlays need: everything but functions.</summary>
internal sealed class PathParser
{
    // Parentheses and filters inside filters cost stack.
    private const int DeepestFilter = 32;

    private readonly PathScanner _scanner;
    private int _depth;

    private PathParser(string text) => _scanner = new PathScanner(text);

    /// <summary>Parses a query that starts with <c>$</c>.</summary>
    /// <exception cref="PathSyntaxException">The text is none.</exception>
    public static PathQuery Parse(string text)
    {
        var parser = new PathParser(text);
        if (parser._scanner.Current != '$')
            throw parser._scanner.Error("A JSONPath begins with '$'");
        PathQuery query = parser.ParseQuery();
        return parser._scanner.AtEnd ? query : throw parser._scanner.Error($"Unexpected '{parser._scanner.Current}'");
    }

    private PathQuery ParseQuery()
    {
        bool fromRoot = _scanner.Take("$");
        if (!fromRoot)
            _scanner.Expect("@");
        var segments = new List<PathSegmentStep>();
        while (ParseSegment() is { } segment)
            segments.Add(segment);
        return new PathQuery(fromRoot, segments);
    }

    private PathSegmentStep? ParseSegment()
    {
        _scanner.SkipBlanks();
        bool descendants = _scanner.Take("..");
        if (_scanner.Take("["))
            return new PathSegmentStep(descendants, ParseBracket());
        if (!descendants && !_scanner.Take("."))
            return null;
        if (_scanner.Take("*"))
            return new PathSegmentStep(descendants, [new PathSelector.Wildcard()]);
        string name = _scanner.TakeName() ?? throw _scanner.Error("Expected a name, '*' or '['");
        if (_scanner.Current == '(')
            throw _scanner.Error("Functions are not supported", unsupported: true);
        return new PathSegmentStep(descendants, [new PathSelector.Name(name)]);
    }

    private List<PathSelector> ParseBracket()
    {
        var selectors = new List<PathSelector>();
        do
        {
            _scanner.SkipBlanks();
            selectors.Add(ParseSelector());
            _scanner.SkipBlanks();
        }
        while (_scanner.Take(","));
        _scanner.Expect("]");
        return selectors;
    }

    private PathSelector ParseSelector()
    {
        if (_scanner.Take("*"))
            return new PathSelector.Wildcard();
        if (_scanner.Current is '\'' or '"')
            return new PathSelector.Name(_scanner.TakeString());
        if (_scanner.Take("?"))
            return new PathSelector.Filter(ParseOr());

        long? first = _scanner.TakeInteger();
        _scanner.SkipBlanks();
        if (!_scanner.Take(":"))
            return new PathSelector.Index(first ?? throw _scanner.Error("Expected a quoted name, an index, '*' or '?'"));
        _scanner.SkipBlanks();
        long? end = _scanner.TakeInteger();
        _scanner.SkipBlanks();
        long? step = null;
        if (_scanner.Take(":"))
        {
            _scanner.SkipBlanks();
            step = _scanner.TakeInteger();
        }

        return new PathSelector.Slice(first, end, step ?? 1);
    }

    private PathCondition ParseOr()
    {
        if (++_depth > DeepestFilter)
            throw _scanner.Error($"Filters are nested more than {DeepestFilter} deep");
        PathCondition left = ParseAnd();
        for (_scanner.SkipBlanks(); _scanner.Take("||"); _scanner.SkipBlanks())
            left = new PathCondition.Or(left, ParseAnd());
        _depth--;
        return left;
    }

    private PathCondition ParseAnd()
    {
        PathCondition left = ParseBasic();
        for (_scanner.SkipBlanks(); _scanner.Take("&&"); _scanner.SkipBlanks())
            left = new PathCondition.And(left, ParseBasic());
        return left;
    }

    private PathCondition ParseBasic()
    {
        _scanner.SkipBlanks();
        if (_scanner.Take("!"))
        {
            _scanner.SkipBlanks();
            return new PathCondition.Not(_scanner.Take("(") ? ParseGroup() : new PathCondition.Exists(ParseQuery()));
        }

        if (_scanner.Take("("))
            return ParseGroup();
        PathOperand left = ParseOperand();
        _scanner.SkipBlanks();
        if (Array.Find(Operators, _scanner.Take) is { } comparison)
            return new PathCondition.Comparison(comparison, Singular(left), Singular(ParseOperand()));
        return new PathCondition.Exists(left.Query ?? throw _scanner.Error("A literal alone is no condition"));
    }

    private static string[] Operators { get; } = ["==", "!=", "<=", ">=", "<", ">"];

    private PathCondition ParseGroup()
    {
        PathCondition inner = ParseOr();
        _scanner.SkipBlanks();
        _scanner.Expect(")");
        return inner;
    }

    private PathOperand Singular(PathOperand operand) =>
        operand.Query is { IsSingular: false } ? throw _scanner.Error("A comparison takes a query that selects at most one value") : operand;

    private PathOperand ParseOperand()
    {
        _scanner.SkipBlanks();
        if (_scanner.Current is '@' or '$')
            return new PathOperand(null, ParseQuery());
        if (_scanner.Current is '\'' or '"')
            return new PathOperand((ScalarKind.String, _scanner.TakeString()), null);
        if (_scanner.TakeName() is not { } word)
            return new PathOperand((ScalarKind.Number, _scanner.TakeNumber()), null);
        return word switch
        {
            "true" or "false" => new PathOperand((ScalarKind.Boolean, word), null),
            "null" => new PathOperand((ScalarKind.Null, word), null),
            _ when _scanner.Current == '(' => throw _scanner.Error($"The function '{word}' is not supported", unsupported: true),
            _ => throw _scanner.Error($"'{word}' is neither a query nor a literal; a string needs quotes"),
        };
    }
}
