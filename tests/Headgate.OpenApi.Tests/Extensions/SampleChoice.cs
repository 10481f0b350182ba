namespace Headgate.OpenApi.Tests.Extensions;

public enum SampleChoice
{
    FirstOfAll,
    Second,
    [Headgate.OpenApi.Extensions.SettingName("RS256")]
    Rs256,
}
