using System.Globalization;
using System.Text;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Json;

/// <summary>
/// Finds the value at a JSON Pointer (RFC 6901) while a text is read, in one pass forward: of names that stand twice the first counts. The rest of the text is checked all the same.
/// </summary>
internal sealed class JsonSelection : JsonStream
{
    private byte[][] _tokens = [];
    private int?[] _positions = [];
    private int _level;
    private int _item;
    private bool _isNext;
    private bool _isOver;
    private int _valueDepth;
    private int _from;
    private int _to;

    /// <summary>Whether the value is there, if not yet to its end.</summary>
    public bool IsFound { get; private set; }

    private bool IsTaking { get; set; }

    /// <summary>The tokens of a pointer as they are compared.</summary>
    public static byte[][] TokensOf(JsonPointer? pointer) => [.. (pointer ?? JsonPointer.Whole).Tokens.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Whether bytes are one whole JSON text.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> text)
    {
        var selection = new JsonSelection();
        selection.Begin([]);
        return selection.Take(text, out _) && selection.End();
    }

    /// <summary>Begins another text.</summary>
    /// <param name="tokens">What to find; empty for all of it.</param>
    public void Begin(byte[][] tokens)
    {
        Reset();
        if (!ReferenceEquals(tokens, _tokens))
            (_tokens, _positions) = (tokens, [.. tokens.Select(PositionOf)]);
        (_level, _isOver, IsFound, IsTaking) = (0, false, false, false);
    }

    /// <summary>Reads the next piece.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="selected">What of it belongs to the value.</param>
    /// <returns>Whether it can go on.</returns>
    public bool Take(ReadOnlySpan<byte> piece, out ReadOnlySpan<byte> selected)
    {
        (_from, _to) = (IsTaking ? 0 : piece.Length, piece.Length);
        bool isValid = Read(piece);
        selected = piece[_from.._to];
        return isValid;
    }

    protected override void OnBegin(ReadOnlySpan<byte> piece, int at, StreamedKind kind)
    {
        if (_isOver || IsFound || Depth != _level || !IsOnPath())
            return;
        if (_level == _tokens.Length)
        {
            (IsFound, IsTaking, _valueDepth, _from) = (true, true, Depth, at);
            return;
        }

        if (kind == StreamedKind.Scalar)
        {
            _isOver = true;
            return;
        }

        _level++;
        _item = 0;
        _isNext = false;
    }

    protected override void OnEnd(ReadOnlySpan<byte> piece, int after, StreamedKind kind)
    {
        if (IsTaking && Depth == _valueDepth)
            (IsTaking, _to) = (false, after);

        // Where the value should have been it was not: names that stand again do not count.
        _isOver |= !IsFound && Depth < _level;
    }

    protected override void OnName(ReadOnlySpan<byte> quoted) =>
        _isNext = !_isOver && !IsFound && Depth == _level && JsonNames.AreEqual(quoted, _tokens[_level - 1]);

    private bool IsOnPath() => Depth == 0 || (IsInObject ? _isNext : _item++ == _positions[_level - 1]);

    // RFC 6901 §4: digits without leading zeros.
    private static int? PositionOf(byte[] token) =>
        token is [(byte)'0'] or [>= (byte)'1' and <= (byte)'9', ..] && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int position) ? position : null;
}
