using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Zoetrope.Time;

namespace Zoetrope.Downloads;

/// <summary>
/// Writes files that appear only when they are complete. Until then, the content is in the same folder, under a name that ends in <c>.part</c>; a partial file
/// of a process that was killed is reused. A symbolic link is kept, and its target is written. A device or a pipe is written to directly.
/// </summary>
internal static class CompleteFile
{
    private const int MostParts = 100;
    private const int ShortName = 32;

    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;

    // A partial file is locked shortly after it is created.
    private static readonly TimeSpan UntilLocked = TimeSpan.FromSeconds(2);

    /// <summary>Writes a file under a temporary name, and renames it when all of it was written.</summary>
    /// <param name="path">The path of the destination; an existing file is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="ct">A token to cancel the operation; no partial file is left.</param>
    /// <returns>The full path.</returns>
    public static async Task<string> WriteAsync(string path, Func<Stream, CancellationToken, Task> write, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw new IOException($"'{full}' is a folder; specify the path of a file.");
        if (await OpenSpecialAsync(full, ct).ConfigureAwait(false) is { } special)
        {
            await using (special.ConfigureAwait(false))
                await write(special, ct).ConfigureAwait(false);
            return full;
        }
        var target = new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
        var part = OpenPart(target, out var partial);
        try
        {
            await using (part.ConfigureAwait(false))
                await write(part, ct).ConfigureAwait(false);
            if (!OperatingSystem.IsWindows() && File.Exists(target))
                File.SetUnixFileMode(partial, File.GetUnixFileMode(target) & Permissions);
            File.Move(partial, target, overwrite: true);
            return full;
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    /// <summary>
    /// Opens the destination if it is not a regular file: a device, a pipe, or a link to one; null where it is a regular file or does not exist.
    /// </summary>
    private static async Task<Stream?> OpenSpecialAsync(string path, CancellationToken ct)
    {
        var there = new FileInfo(path);
        // Only an entry with a size is certainly a regular file; the size of a link is that of the link itself.
        if (!File.Exists(path) || (there.LinkTarget is null && there.Length > 0))
            return null;
        // Opening a pipe waits for its reader, which may be long after the caller has canceled.
        var open = Task.Run(() => File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite), CancellationToken.None);
        SafeFileHandle handle;
        try
        {
            await open.EndAsync(ct).ConfigureAwait(false);
            handle = await open.ConfigureAwait(false);
        }
        catch (FileNotFoundException)
        {
            // A link whose target does not exist yet.
            return null;
        }
        catch (OperationCanceledException)
        {
            _ = CloseLateAsync(open);
            throw;
        }
        if (!IsSpecial(handle))
        {
            handle.Dispose();
            return null;
        }
        return new FileStream(handle, FileAccess.Write, 1);
    }

    private static async Task CloseLateAsync(Task<SafeFileHandle> open)
    {
        try
        {
            (await open.ConfigureAwait(false)).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The caller no longer waits for it.
        }
    }

    private static bool IsSpecial(SafeFileHandle handle)
    {
        try
        {
            // The length of a device cannot be set, not even to its current value.
            if (RandomAccess.GetLength(handle) == 0)
                RandomAccess.SetLength(handle, 0);
            return false;
        }
        catch (Exception exception) when (exception is NotSupportedException or IOException)
        {
            return true;
        }
    }

    private static FileStream OpenPart(string target, out string partial)
    {
        var folder = Path.GetDirectoryName(target)!;
        var name = Path.GetFileName(target);
        for (var i = 1; ; i++)
        {
            partial = Path.Combine(folder, $"{name}.zoetrope-{i}.part");
            try
            {
                if (IsLeftOver(partial))
                    File.Delete(partial);
                return new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
            }
            catch (PathTooLongException) when (name.Length > ShortName)
            {
                name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..ShortName];
                i--;
            }
            catch (IOException exception) when (i < MostParts && (IsThere(exception) || File.Exists(partial)))
            {
                // Another process or thread is writing it.
            }
        }
    }

    // Not whether the file exists now: it may have been complete in the meantime, and moved. EEXIST, ERROR_FILE_EXISTS and ERROR_ALREADY_EXISTS.
    private static bool IsThere(IOException exception) => exception.HResult is 17 or unchecked((int)0x80070050) or unchecked((int)0x800700B7);

    // The writer of a partial file holds a lock on it.
    private static bool IsLeftOver(string path)
    {
        try
        {
            // One look for both: the time of a file that has just gone would be that of the year 1601.
            if (new FileInfo(path) is not { Exists: true } found || IsFresh(found.LastWriteTimeUtc))
                return false;
            using var part = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None);
            // Another may have put its own there since.
            return !IsFresh(File.GetLastWriteTimeUtc(part.SafeFileHandle));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsFresh(DateTime written) => TimeProvider.System.GetUtcNow().UtcDateTime - written < UntilLocked;
}
