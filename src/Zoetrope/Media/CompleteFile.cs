namespace Zoetrope;

/// <summary>Writes files that appear only when they are complete.</summary>
internal static class CompleteFile
{
    /// <summary>Writes a file beside its place, and moves it there when all of it was written.</summary>
    /// <param name="path">Where to; what is there is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="ct">Gives up; nothing is left.</param>
    /// <returns>The full path.</returns>
    public static async Task<string> WriteAsync(string path, Func<Stream, CancellationToken, Task> write, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw new IOException($"'{full}' is a folder; the name of a file is needed.");
        var partial = $"{full}.{Guid.NewGuid():N}.part";
        try
        {
            var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
            await using (file.ConfigureAwait(false))
                await write(file, ct).ConfigureAwait(false);
            File.Move(partial, full, overwrite: true);
            return full;
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }
}
