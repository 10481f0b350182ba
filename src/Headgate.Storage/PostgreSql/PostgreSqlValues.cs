using Npgsql;

namespace Headgate.Storage.PostgreSql;

/// <summary>Hands bound values to the driver, in the order of <c>$1</c>, <c>$2</c>, … Stateless, thread-safe.</summary>
internal static class PostgreSqlValues
{
    public static void AddTo(NpgsqlParameterCollection parameters, object[] values)
    {
        foreach (object value in values)
            parameters.Add(new NpgsqlParameter { Value = value });
    }
}
