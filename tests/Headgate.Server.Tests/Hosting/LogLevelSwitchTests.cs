using Headgate.Server.Hosting;
using Headgate.Server.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Headgate.Server.Tests.Hosting;

/// <summary>Levels of the log that hold for a while, on the framework's own logger factory and on a clock that the test moves.</summary>
public sealed class LogLevelSwitchTests : IDisposable
{
    private readonly ExpiryTime _time = new();
    private readonly LogLevelSwitch _switch;
    private readonly ILoggerFactory _logs;
    private readonly ILogger _gateway;
    private readonly ILogger _kestrel;

    public LogLevelSwitchTests()
    {
        _switch = new LogLevelSwitch(_time);
        _logs = ProgramLog.Create(LogLevel.Information, _switch);
        (_gateway, _kestrel) = (_logs.CreateLogger("Headgate.Gateway.Forwarding.X"), _logs.CreateLogger("Microsoft.AspNetCore.Server.Kestrel"));
    }

    public void Dispose()
    {
        _logs.Dispose();
        _switch.Dispose();
    }

    [Fact]
    public void Level_OfACategory_HoldsAtOnce_ForWhatIsBelowIt_AndNoOther()
    {
        Assert.False(_gateway.IsEnabled(LogLevel.Debug));
        Assert.NotNull(_switch.Set("Headgate.Gateway", LogLevel.Debug, TimeSpan.FromMinutes(10)));
        Assert.True(_gateway.IsEnabled(LogLevel.Debug));
        Assert.False(_logs.CreateLogger("Headgate.Server").IsEnabled(LogLevel.Debug));
        Assert.False(_kestrel.IsEnabled(LogLevel.Information));
    }

    [Fact]
    public void Level_WhoseTimeIsOver_IsThatOfTheSettings()
    {
        _switch.Set("Headgate.Gateway", LogLevel.Debug, TimeSpan.FromMinutes(10));
        _switch.Set("Microsoft.AspNetCore", LogLevel.Debug, TimeSpan.FromMinutes(20));
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal((false, true), (_gateway.IsEnabled(LogLevel.Debug), _kestrel.IsEnabled(LogLevel.Debug)));
        Assert.Equal("Microsoft.AspNetCore", Assert.Single(_switch.Read()).Category);
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal((false, false, false), (_kestrel.IsEnabled(LogLevel.Debug), _kestrel.IsEnabled(LogLevel.Information), _gateway.IsEnabled(LogLevel.Debug)));
        Assert.Empty(_switch.Read());
    }

    [Fact]
    public void Level_ThatTellsLess_HoldsToo_UntilItIsReset()
    {
        _switch.Set("Headgate", LogLevel.Error, TimeSpan.FromMinutes(10));
        Assert.False(_gateway.IsEnabled(LogLevel.Warning));
        Assert.Equal((true, false), (_switch.Reset("Headgate"), _switch.Reset("Headgate")));
        Assert.True(_gateway.IsEnabled(LogLevel.Information));
    }

    [Fact]
    public void Level_OfEverything_LeavesCategoriesWithTheirOwn()
    {
        _switch.Set(LogLevelSwitch.Everything, LogLevel.Debug, TimeSpan.FromMinutes(10));
        Assert.Equal((true, false), (_gateway.IsEnabled(LogLevel.Debug), _kestrel.IsEnabled(LogLevel.Information)));
    }

    [Fact]
    public void Categories_BeyondTheBound_AreRefused_UntilOneIsOver()
    {
        for (int i = 0; i < LogLevelSwitch.MostCategories; i++)
            Assert.NotNull(_switch.Set($"Category{i}", LogLevel.Debug, TimeSpan.FromMinutes(1 + i)));
        Assert.Null(_switch.Set("Another", LogLevel.Debug, TimeSpan.FromMinutes(1)));
        Assert.NotNull(_switch.Set("Category3", LogLevel.Warning, TimeSpan.FromMinutes(5)));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(_switch.Set("Another", LogLevel.Debug, TimeSpan.FromMinutes(1)));
    }
}
