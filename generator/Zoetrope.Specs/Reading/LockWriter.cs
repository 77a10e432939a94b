using System.Text;
using Zoetrope.Specs.Json;

namespace Zoetrope.Specs;

/// <summary>Writes <c>specs.lock.json</c>, the same bytes for the same content: ordinal order, two spaces, LF.</summary>
public static class LockWriter
{
    /// <summary>The text of the lock file. Where a path or a key is given twice, the last one counts.</summary>
    public static string Write(SpecLock content)
    {
        var files = new SortedDictionary<string, LockedFile>(StringComparer.Ordinal);
        foreach (var file in content.Files)
            files[file.Path] = file;
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in content.Names)
            names[name.Key] = name.Name;

        var builder = new StringBuilder("{\n");
        WriteObject(builder, "files", files.Select(file => JsonStrings.Quote(file.Key) + ": {\n"
            + "      \"origin\": " + JsonStrings.Quote(file.Value.Origin) + ",\n"
            + "      \"date\": " + JsonStrings.Quote(file.Value.Date) + ",\n"
            + "      \"sha256\": " + JsonStrings.Quote(file.Value.Sha256) + "\n    }"));
        builder.Append(",\n");
        WriteObject(builder, "names", names.Select(name => JsonStrings.Quote(name.Key) + ": " + JsonStrings.Quote(name.Value)));
        return builder.Append("\n}\n").ToString();
    }

    private static void WriteObject(StringBuilder builder, string name, IEnumerable<string> members)
    {
        var text = string.Join(",\n", members.Select(member => "    " + member));
        builder.Append("  \"").Append(name).Append(text.Length == 0 ? "\": {}" : "\": {\n" + text + "\n  }");
    }
}
