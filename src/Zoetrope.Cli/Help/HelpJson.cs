using System.CommandLine;
using System.CommandLine.Help;
using System.Text.Json;
using Zoetrope.Cli.Commands;
using Zoetrope.Cli.Output;

namespace Zoetrope.Cli.Help;

/// <summary>
/// The help of a command as JSON, made of the same commands, arguments and options that are parsed. docs/command-line.md describes its members.
/// </summary>
internal static class HelpJson
{
    private const int Version = 1;

    /// <summary>Writes a command and those below it.</summary>
    public static void Write(Utf8JsonWriter writer, Command command)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", Version);
        WriteMembers(writer, command);
        writer.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter writer, Command command)
    {
        writer.WriteString("command", PathOf(command));
        writer.WriteString("description", command.Description);
        writer.WriteStartArray("arguments");
        foreach (var argument in command.Arguments.Where(argument => !argument.Hidden))
        {
            writer.WriteStartObject();
            writer.WriteString("name", argument.Name);
            JsonMembers.WriteText(writer, "placeholder", argument.HelpName);
            JsonMembers.WriteText(writer, "description", argument.Description);
            WriteValue(writer, argument.ValueType, argument.Arity, Options.ValuesOf(argument));
            writer.WriteBoolean("required", argument.Arity.MinimumNumberOfValues > 0 && !argument.HasDefaultValue);
            if (argument.HasDefaultValue)
                WriteDefault(writer, argument.GetDefaultValue());
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("options");
        foreach (var option in OptionsOf(command))
        {
            writer.WriteStartObject();
            writer.WriteString("name", option.Name);
            writer.WriteStrings("aliases", option.Aliases.Order(StringComparer.Ordinal));
            JsonMembers.WriteText(writer, "placeholder", option.HelpName);
            JsonMembers.WriteText(writer, "description", option.Description);
            WriteValue(writer, option.ValueType, option.Arity, Options.ValuesOf(option));
            writer.WriteBoolean("required", option.Required);
            if (option.HasDefaultValue && option.ValueType != typeof(bool))
                WriteDefault(writer, option.GetDefaultValue());
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("commands");
        foreach (var sub in command.Subcommands.Where(sub => !sub.Hidden))
        {
            writer.WriteStartObject();
            WriteMembers(writer, sub);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    // Help is an option of all commands, and asks for no value.
    private static IEnumerable<Option> OptionsOf(Command command) => command.Options.Where(option => !option.Hidden && option is not HelpOption);

    private static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : command.Name;

    private static void WriteValue(Utf8JsonWriter writer, Type type, ArgumentArity arity, IReadOnlyList<string> values)
    {
        writer.WriteString("type", arity.MaximumNumberOfValues == 0 ? "boolean" : NameOf(type));
        writer.WriteBoolean("repeatable", arity.MaximumNumberOfValues > 1);
        if (values.Count > 0)
            writer.WriteStrings("values", values);
    }

    private static string NameOf(Type type)
    {
        var item = type.IsArray ? type.GetElementType()! : Nullable.GetUnderlyingType(type) ?? type;
        return item == typeof(bool) ? "boolean"
            : item == typeof(int) || item == typeof(long) ? "integer"
            : item == typeof(decimal) || item == typeof(double) ? "number"
            : item == typeof(TimeSpan) ? "duration"
            : item == typeof(Uri) ? "url"
            : "string";
    }

    private static void WriteDefault(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case int or long:
                writer.WriteNumber("default", System.Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case decimal number:
                writer.WriteNumber("default", number);
                break;
            case TimeSpan time:
                writer.WriteString("default", StatusText.Of(time));
                break;
            default:
                writer.WriteString("default", System.Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }
}
