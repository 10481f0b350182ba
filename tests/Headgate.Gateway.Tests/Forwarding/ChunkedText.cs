using System.Globalization;
using System.Text;

namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>Reads a whole chunked body, for assertions.</summary>
internal static class ChunkedText
{
    public static string Decode(string coded, out string trailers)
    {
        var body = new StringBuilder();
        int position = 0;
        while (true)
        {
            int lineEnd = coded.IndexOf("\r\n", position, StringComparison.Ordinal);
            int size = int.Parse(coded[position..lineEnd], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            position = lineEnd + 2;
            if (size == 0)
                break;
            body.Append(coded, position, size);
            position += size + 2;
        }

        trailers = coded[position..^2];
        return body.ToString();
    }
}
