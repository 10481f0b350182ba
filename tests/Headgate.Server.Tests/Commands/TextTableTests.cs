using Headgate.Server.Commands;

namespace Headgate.Server.Tests.Commands;

public class TextTableTests
{
    [Fact]
    public void Cells_SteerNoTerminal_AndBreakNoLine()
    {
        using var output = new StringWriter { NewLine = "\n" };

        TextTable.Write(output, [["ID", "ERROR"], ["1", "a\nb\e[31m\r\0"], ["12", "c"]]);

        Assert.Equal("ID  ERROR\n1   a b [31m\n12  c\n", output.ToString());
    }
}
