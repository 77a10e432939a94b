using System.Globalization;

namespace Zoetrope.Jobs.Storage;

/// <summary>Whether the files that an input refers to are still where it is sent.</summary>
internal static class UploadedFiles
{
    // The provider fetches a file after it has accepted the job.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private const string Cure = "record the job again with files that are uploaded again, as the same `zoetrope batch` does";

    /// <summary>Why a job must not be sent at a time; null where nothing is known to be gone.</summary>
    public static string? ProblemOf(LedgerJob job, DateTimeOffset now) => job.FilesExpireAt is { } expiry && expiry - Margin <= now
        ? string.Create(CultureInfo.InvariantCulture, $"files of its input were kept until {expiry:yyyy-MM-dd HH:mm} UTC: {Cure}")
        : null;

    /// <summary>Why a job must not be sent with an account; null where nothing is known against it.</summary>
    /// <param name="job">The job.</param>
    /// <param name="account">The account; null where the provider takes no files.</param>
    public static string? ProblemOf(LedgerJob job, string? account) => job.UploadAccount is { } own && own != account
        ? $"files of its input were uploaded to another server, or with another key: {Cure}"
        : null;
}
