namespace Headgate.OpenApi.Schemas.Instances;

/// <summary>
/// One value, or one name of an object's member, of an <see cref="InstanceTape"/>: 16 bytes that say what it is, where its text lies and where the next
/// value begins.
/// </summary>
internal struct InstanceToken
{
    /// <summary>Offset of the text: a string without quotes, a number; of a container its bracket.</summary>
    public int Start;

    /// <summary>Bytes of the text; of a container its members or items.</summary>
    public int Length;

    /// <summary>Of a value: the index of the token after it and all that it holds. Of a name: its hash (<see cref="NameHash"/>).</summary>
    public int EndOrHash;

    /// <summary>The types that the value has: one, or of a number written without a fraction two.</summary>
    public JsonTypes Types;

    /// <summary>Whether the text lies in the tape's scratch and not in the input: strings that were written with escapes, values that were decoded.</summary>
    public bool InScratch;

    /// <summary>Of a boolean, its value.</summary>
    public bool IsTrue;

    /// <summary>Of a string: it is bytes and no text (a file of a form), so that its length is in bytes and no pattern or format is about it.</summary>
    public bool IsBinary;
}
