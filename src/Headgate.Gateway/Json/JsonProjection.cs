using System.Buffers;

namespace Headgate.Gateway.Json;

/// <summary>
/// Leaves of a JSON text the fields of a <see cref="FieldTree"/>, while it is read: arrays are entered, other fields are left out, and what is kept is kept byte for byte. A value that is
/// neither object nor array has no fields, and is kept where fields of it are asked for.
/// </summary>
internal sealed class JsonProjection : JsonStream
{
    private const int UsualDepth = 16;

    private FieldTree[] _open = new FieldTree[UsualDepth];
    private bool[] _hasMembers = new bool[UsualDepth];
    private FieldTree _root = FieldTree.Empty;
    private FieldTree? _next;
    private IBufferWriter<byte> _output = null!;
    private int _level;
    private int _wholeDepth;
    private int _from;
    private Mode _mode;

    private enum Mode
    {
        Choosing,
        Keeping,
        Skipping,
    }

    /// <summary>Bytes that were written of the text so far.</summary>
    public long Written { get; private set; }

    /// <summary>Begins another text.</summary>
    /// <param name="fields">What is kept.</param>
    /// <param name="output">Where it goes.</param>
    public void Begin(FieldTree fields, IBufferWriter<byte> output)
    {
        Reset();
        (_root, _output, _level, _mode, Written) = (fields, output, 0, Mode.Choosing, 0);
    }

    /// <summary>Reads the next piece, and writes what is kept of it.</summary>
    /// <returns>Whether it can go on.</returns>
    public bool Take(ReadOnlySpan<byte> piece)
    {
        _from = 0;
        bool isValid = Read(piece);
        if (_mode == Mode.Keeping && isValid)
            Write(piece[_from..]);
        _from = 0;
        return isValid;
    }

    protected override void OnBegin(ReadOnlySpan<byte> piece, int at, StreamedKind kind)
    {
        if (_mode != Mode.Choosing)
            return;
        FieldTree? fields = Depth == 0 ? _root : IsInObject ? _next : _open[_level - 1];
        if (fields is null)
        {
            (_mode, _wholeDepth) = (Mode.Skipping, Depth);
            return;
        }

        if (Depth > 0 && !IsInObject)
            Separate();
        if (fields.IsWhole || kind == StreamedKind.Scalar)
        {
            (_mode, _wholeDepth, _from) = (Mode.Keeping, Depth, at);
            return;
        }

        Write(piece.Slice(at, 1));
        if (_level == _open.Length)
        {
            Array.Resize(ref _open, _level * 2);
            Array.Resize(ref _hasMembers, _level * 2);
        }

        _hasMembers[_level] = false;
        _open[_level++] = fields;
    }

    protected override void OnEnd(ReadOnlySpan<byte> piece, int after, StreamedKind kind)
    {
        if (_mode == Mode.Choosing)
        {
            _level--;
            Write(kind == StreamedKind.Object ? "}"u8 : "]"u8);
        }
        else if (Depth == _wholeDepth)
        {
            if (_mode == Mode.Keeping)
                Write(piece[_from..after]);
            _mode = Mode.Choosing;
        }
    }

    protected override void OnName(ReadOnlySpan<byte> quoted)
    {
        if (_mode != Mode.Choosing)
            return;
        _next = _open[_level - 1].Find(quoted);
        if (_next is null)
            return;
        Separate();
        Write(quoted);
        Write(":"u8);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _output.Write(bytes);
        Written += bytes.Length;
    }

    private void Separate()
    {
        if (_hasMembers[_level - 1])
            Write(","u8);
        _hasMembers[_level - 1] = true;
    }
}
