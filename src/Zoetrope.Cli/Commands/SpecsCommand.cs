using System.CommandLine;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope specs</c>: works on vendored provider documents.</summary>
internal static class SpecsCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create() => new("specs", "Manages vendored provider documents.")
    {
        SpecsAddCommand.Create(),
        SpecsCheckCommand.Create(),
        SpecsDiffCommand.Create(),
        SpecsListCommand.Create(),
        SpecsLockCommand.Create(),
        SpecsShowCommand.Create(),
        SpecsUpdateCommand.Create(),
    };
}
