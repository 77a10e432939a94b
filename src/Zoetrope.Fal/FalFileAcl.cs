using System.Globalization;
using System.Text;

namespace Zoetrope.Fal;

/// <summary>Who may read a file at fal; files are public otherwise.</summary>
/// <param name="Default">What applies to users that no rule names.</param>
public sealed record FalFileAcl(FalFileAccess Default)
{
    /// <summary>The rules for single users; none by default.</summary>
    public IReadOnlyList<FalFileRule> Rules { get; init; } = [];
}

/// <summary>A rule for one user.</summary>
/// <param name="User">The user.</param>
/// <param name="Decision">What applies to that user.</param>
public sealed record FalFileRule(string User, FalFileAccess Decision);

/// <summary>What a user may do with a file.</summary>
public enum FalFileAccess
{
    /// <summary>Read it.</summary>
    Allow,

    /// <summary>Nothing, and it looks as if there were no such file.</summary>
    Hide,

    /// <summary>Nothing.</summary>
    Forbid,
}

/// <summary>The times that fal's own clients have names for, after which a file is deleted (<see cref="FalUploadOptions.ExpiresAfter"/>).</summary>
public static class FalFileExpiry
{
    /// <summary>A minute, the shortest of fal's own: <c>immediate</c>.</summary>
    public static TimeSpan Immediate => TimeSpan.FromMinutes(1);

    /// <summary>An hour: <c>1h</c>.</summary>
    public static TimeSpan OneHour => TimeSpan.FromHours(1);

    /// <summary>A day: <c>1d</c>.</summary>
    public static TimeSpan OneDay => TimeSpan.FromDays(1);

    /// <summary>A week: <c>7d</c>.</summary>
    public static TimeSpan OneWeek => TimeSpan.FromDays(7);

    /// <summary>30 days: <c>30d</c>.</summary>
    public static TimeSpan OneMonth => TimeSpan.FromDays(30);

    /// <summary>365 days: <c>1y</c>.</summary>
    public static TimeSpan OneYear => TimeSpan.FromDays(365);
}

/// <summary>Writes the header with the lifecycle of a file.</summary>
internal static class FalFileLifecycle
{
    /// <summary>The header; null where neither is set.</summary>
    public static string? Write(TimeSpan? expiresAfter, FalFileAcl? acl)
    {
        if (expiresAfter is null && acl is null)
            return null;
        var json = new StringBuilder("{");
        if (expiresAfter is { } time)
            json.Append(CultureInfo.InvariantCulture, $"\"expiration_duration_seconds\":{(long)time.TotalSeconds}");
        if (acl is not null)
        {
            json.Append(json.Length > 1 ? "," : "").Append("\"initial_acl\":{\"default\":\"").Append(Word(acl.Default)).Append("\",\"rules\":[");
            for (var i = 0; i < acl.Rules.Count; i++)
            {
                var rule = acl.Rules[i];
                json.Append(i > 0 ? "," : "").Append("{\"user\":\"").Append(System.Text.Encodings.Web.JavaScriptEncoder.Default.Encode(rule.User))
                    .Append("\",\"decision\":\"").Append(Word(rule.Decision)).Append("\"}");
            }
            json.Append("]}");
        }
        return json.Append('}').ToString();
    }

    private static string Word(FalFileAccess access) => access switch
    {
        FalFileAccess.Allow => "allow",
        FalFileAccess.Hide => "hide",
        FalFileAccess.Forbid => "forbid",
        _ => throw new ArgumentOutOfRangeException(nameof(access), access, "There is no such access to a file."),
    };
}
