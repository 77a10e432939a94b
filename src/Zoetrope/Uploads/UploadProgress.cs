namespace Zoetrope.Uploads;

/// <summary>How much of a file has been sent.</summary>
/// <param name="Sent">The number of bytes that were sent. It becomes smaller when a part has to be sent again.</param>
/// <param name="Total">The size of the file in bytes.</param>
public readonly record struct UploadProgress(long Sent, long Total);
