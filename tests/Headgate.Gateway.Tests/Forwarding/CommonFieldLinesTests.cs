using System.Text;
using Headgate.Gateway.Forwarding.Http1;

namespace Headgate.Gateway.Tests.Forwarding;

public class CommonFieldLinesTests
{
    private const string First = "HTTP/1.1 200 OK\r\nServer: one\r\nContent-Length: 0\r\n\r\n";

    [Fact]
    public void Line_ThatAnotherConnectionHasRead_IsTheSameObject()
    {
        var common = new CommonFieldLines();
        ResponseHead one = Parse(new ResponseHead(common), First);
        ResponseHead two = Parse(new ResponseHead(common), First);

        Assert.Same(one[0], two[0]);
        Assert.Same(one[1], two[1]);
    }

    [Fact]
    public void Line_ThatDiffers_IsReadAsItIs()
    {
        var common = new CommonFieldLines();
        Parse(new ResponseHead(common), First);
        ResponseHead other = Parse(new ResponseHead(common), "HTTP/1.1 200 OK\r\nServer: one or two\r\nContent-Length: 01\r\n\r\n");

        Assert.Equal("one or two", other[0].Value);
        Assert.Equal(1, other.ContentLength);
    }

    [Fact]
    public void Line_ThatIsInvalid_StaysInvalid_WhateverWasReadBefore()
    {
        var common = new CommonFieldLines();
        Parse(new ResponseHead(common), First);

        Assert.Equal(HeadParseStatus.Invalid, new ResponseHead(common).Parse("HTTP/1.1 200 OK\r\nServer: one\n\r\n"u8));
        Assert.Equal(HeadParseStatus.Incomplete, new ResponseHead(common).Parse("HTTP/1.1 200 OK\r\nServer: one\r"u8));
    }

    [Fact]
    public void What_IsKept_IsBounded()
    {
        var common = new CommonFieldLines();
        string large = $"A: {new string('x', CommonFieldLines.MostLineBytes)}\r\n";
        string many = string.Concat(Enumerable.Range(0, CommonFieldLines.MostLines + 1).Select(i => $"N{i}: v\r\n"));
        Parse(new ResponseHead(common), $"HTTP/1.1 200 OK\r\n{large}\r\n");
        Assert.Null(common.Find(0, Encoding.ASCII.GetBytes(large)));

        Parse(new ResponseHead(common), $"HTTP/1.1 200 OK\r\n{many}\r\n");
        Assert.NotNull(common.Find(CommonFieldLines.MostLines - 1, Encoding.ASCII.GetBytes($"N{CommonFieldLines.MostLines - 1}: v\r\n")));
        Assert.Null(common.Find(CommonFieldLines.MostLines, Encoding.ASCII.GetBytes($"N{CommonFieldLines.MostLines}: v\r\n")));
    }

    private static ResponseHead Parse(ResponseHead head, string text)
    {
        Assert.Equal(HeadParseStatus.Complete, head.Parse(Encoding.ASCII.GetBytes(text)));
        return head;
    }
}
