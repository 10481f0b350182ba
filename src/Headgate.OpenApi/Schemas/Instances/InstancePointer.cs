using System.Globalization;
using System.Text;

namespace Headgate.OpenApi.Schemas.Instances;

/// <summary>The JSON Pointer (RFC 6901) of a token: found by walking the tape again, which only invalid values cost.</summary>
internal static class InstancePointer
{
    public static string Of(InstanceView view, int index)
    {
        var text = new StringBuilder();
        int holder = 0;
        while (holder != index && holder >= 0)
            holder = Descend(view, holder, index, text);
        return text.ToString();
    }

    // One step towards the token: into the member or item that holds it.
    private static int Descend(InstanceView view, int holder, int index, StringBuilder text)
    {
        int end = view.Next(holder);
        bool isObject = view.Tokens[holder].Types == JsonTypes.Object;
        int number = 0;
        for (int at = holder + 1; at < end; number++)
        {
            int value = isObject ? at + 1 : at;
            if (index < view.Next(value))
            {
                text.Append('/').Append(isObject ? NameOf(view, at) : number.ToString(CultureInfo.InvariantCulture));

                // A name is told by the pointer of its member.
                return isObject && index == at ? index : value;
            }

            at = view.Next(value);
        }

        return -1;
    }

    private static string NameOf(InstanceView view, int name) => Encoding.UTF8.GetString(view.Text(view.Tokens[name]))
        .Replace("~", "~0", StringComparison.Ordinal)
        .Replace("/", "~1", StringComparison.Ordinal);
}
