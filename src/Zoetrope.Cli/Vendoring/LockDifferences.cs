using System.Globalization;
using Zoetrope.Specs.Model;

namespace Zoetrope.Cli.Vendoring;

/// <summary>The differences of a lock file from its correct content, in a few lines.</summary>
internal static class LockDifferences
{
    private const int MostNames = 5;

    /// <summary>The differences between the content of the file and the correct one.</summary>
    /// <param name="current">Its content; null if there is no file.</param>
    /// <param name="wanted">The correct content.</param>
    public static IReadOnlyList<string> Between(SpecLock? current, SpecLock wanted)
    {
        var (before, after) = (Files(current), Files(wanted));
        var lines = new List<string>();
        lines.AddRange(after.Keys.Where(path => !before.ContainsKey(path)).Select(path => $"{path} is new"));
        lines.AddRange(
            after.Where(file => before.TryGetValue(file.Key, out var old) && old.Sha256 != file.Value.Sha256).Select(file => $"{file.Key} has changed"));
        lines.AddRange(before.Keys.Where(path => !after.ContainsKey(path)).Select(path => $"{path} is gone"));
        var (known, given) = (Keys(current), Keys(wanted));
        Add("new name", given.Except(known).ToList());
        Add("name with another key", known.Except(given).ToList());
        // The names and files may be right and the text another, as after a change by hand.
        return lines.Count > 0 ? lines : ["its format differs from the one that is written"];

        void Add(string what, List<string> keys)
        {
            if (keys.Count == 0)
                return;
            var shown = string.Join(", ", keys.Order(StringComparer.Ordinal).Take(MostNames));
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{keys.Count} {what}{(keys.Count == 1 ? "" : "s")}: {shown}{(keys.Count > MostNames ? ", …" : "")}"));
        }
    }

    private static SortedDictionary<string, LockedFile> Files(SpecLock? content)
    {
        var files = new SortedDictionary<string, LockedFile>(StringComparer.Ordinal);
        foreach (var file in content?.Files ?? default)
            files[file.Path] = file;
        return files;
    }

    private static HashSet<string> Keys(SpecLock? content) => [.. (content?.Names ?? default).Select(name => name.Key)];
}
