namespace Zoetrope.Cli.Vendoring;

/// <summary>Writes several files, or none of them.</summary>
internal static class FileTransaction
{
    /// <summary>
    /// Writes the files: first beside their locations, then in place. After a failure, what was there before is there again. At any time each file has its old
    /// or its new content.
    /// </summary>
    /// <param name="files">The contents by path. Folders are made.</param>
    /// <exception cref="IOException">A file could not be written.</exception>
    public static void Write(IReadOnlyDictionary<string, byte[]> files)
    {
        var undo = new Stack<Action>();
        try
        {
            foreach (var path in files.Keys)
                CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!, undo);
            foreach (var (path, content) in files)
            {
                undo.Push(() => DeleteFile(TemporaryOf(path)));
                File.WriteAllBytes(TemporaryOf(path), content);
            }
            foreach (var path in files.Keys)
            {
                var former = File.Exists(path) ? File.ReadAllBytes(path) : null;
                File.Move(TemporaryOf(path), path, overwrite: true);
                undo.Push(() => Restore(path, former));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var left = Undo(undo);
            throw new IOException(left.Count == 0
                ? $"Nothing was changed, because a file cannot be written: {exception.Message}"
                : $"A file cannot be written: {exception.Message} What was there before could not be restored: {string.Join(" ", left)}", exception);
        }
    }

    private static string TemporaryOf(string path) => path + ".tmp";

    private static void CreateFolder(string folder, Stack<Action> undo)
    {
        if (Directory.Exists(folder))
            return;
        if (Path.GetDirectoryName(folder) is { Length: > 0 } parent)
            CreateFolder(parent, undo);
        Directory.CreateDirectory(folder);
        undo.Push(() => Directory.Delete(folder));
    }

    private static void Restore(string path, byte[]? former)
    {
        if (former is null)
        {
            File.Delete(path);
            return;
        }
        File.WriteAllBytes(TemporaryOf(path), former);
        File.Move(TemporaryOf(path), path, overwrite: true);
    }

    // A folder of that name was not made here.
    private static void DeleteFile(string path)
    {
        if (File.Exists(path))
            File.Delete(path);
    }

    private static List<string> Undo(Stack<Action> undo)
    {
        var problems = new List<string>();
        foreach (var step in undo)
        {
            try
            {
                step();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                problems.Add(exception.Message);
            }
        }
        return problems;
    }
}
