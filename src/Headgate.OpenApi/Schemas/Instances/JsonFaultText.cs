namespace Headgate.OpenApi.Schemas.Instances;

/// <summary>What is wrong with a JSON text, as a sentence.</summary>
internal static class JsonFaultText
{
    public static string Of(JsonFault fault, int position, JsonLimits limits) => fault switch
    {
        JsonFault.NotUtf8 => "is not UTF-8",
        JsonFault.Empty => "is empty where JSON is expected",
        JsonFault.Incomplete => "is JSON that ends too early",
        JsonFault.Trailing => $"has something after its JSON value, at byte {position}",
        JsonFault.ControlCharacter => $"has a control character in a string, at byte {position}",
        JsonFault.BadEscape => $"has an unknown escape in a string, at byte {position}",
        JsonFault.LoneSurrogate => $"has half of a surrogate pair in a string, at byte {position}",
        JsonFault.DuplicateName => $"has an object with two members of one name, which ends at byte {position}",
        JsonFault.TooDeep => $"has more than {limits.MaxDepth} arrays and objects inside each other",
        JsonFault.TooManyValues => $"has more than {limits.MaxValues} values and names",
        JsonFault.NumberTooLong => $"has a number of more than {limits.MaxNumberLength} characters, at byte {position}",
        _ => $"is not JSON: unexpected character at byte {position}",
    };
}
