using System.Buffers.Binary;
using System.Text;
using Headgate.Gateway.Errors;

namespace Headgate.Integration.Idempotency;

/// <summary>Reads, in order, what <see cref="KeptAnswerWriter"/> wrote.</summary>
internal ref struct KeptAnswerReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly byte _marks;
    private int _fieldsLeft;

    /// <param name="bytes">What was kept.</param>
    /// <exception cref="InvalidDataException">It is of a form that this version does not know.</exception>
    public KeptAnswerReader(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        if (bytes[0] != KeptAnswerWriter.Form)
            throw new InvalidDataException($"An answer that was kept for an idempotency key has form {bytes[0]}, which this version does not know.");
        ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(bytes[1..]));
        Status = BinaryPrimitives.ReadUInt16LittleEndian(bytes[9..]);
        _marks = bytes[11];
        Position = KeptAnswerWriter.HeadBytes;
        _fieldsLeft = ReadCount();
    }

    /// <summary>Until when the answer is given again.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Its status.</summary>
    public int Status { get; }

    /// <summary>Whether its body is kept: it was small enough.</summary>
    public readonly bool IsWhole => (_marks & KeptAnswerWriter.IsWhole) != 0;

    /// <summary>Up to where it is read; after the error, where there is one, the body begins.</summary>
    public int Position { get; private set; }

    /// <summary>The next field line.</summary>
    public bool TryReadField(out string name, out string value)
    {
        (name, value) = ("", "");
        if (_fieldsLeft == 0)
            return false;
        _fieldsLeft--;
        (name, value) = (ReadText()!, ReadText()!);
        return true;
    }

    /// <summary>The error after the fields, to be told in the dialect of the API once more; null where the answer is none.</summary>
    public GatewayFailure? ReadError()
    {
        if ((_marks & KeptAnswerWriter.IsError) == 0)
            return null;
        GatewayErrorKind kind = ErrorCatalogue.UpstreamError with { Status = Status, Code = ReadText()!, Title = ReadText()! };
        var failure = new GatewayFailure(kind, ReadText()!) { Service = ReadText() };
        var errors = new FailureDetail[ReadCount()];
        for (int i = 0; i < errors.Length; i++)
            errors[i] = new FailureDetail(ReadText()!, ReadText()!);
        return failure with { Errors = errors };
    }

    private int ReadCount()
    {
        int count = BinaryPrimitives.ReadUInt16LittleEndian(_bytes[Position..]);
        Position += sizeof(ushort);
        return count;
    }

    private string? ReadText()
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(_bytes[Position..]);
        Position += sizeof(int);
        if (length < 0)
            return null;
        string text = Encoding.UTF8.GetString(_bytes.Slice(Position, length));
        Position += length;
        return text;
    }
}
