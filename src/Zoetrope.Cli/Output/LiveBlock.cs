using System.Text;
using Spectre.Console;

namespace Zoetrope.Cli.Output;

/// <summary>
/// Lines at the end of a terminal that are kept up to date. A frame is one write, and only where it differs from the last one, so nothing flickers; its width
/// is asked for each time, and what a narrower terminal has broken is removed with it.
/// </summary>
internal sealed class LiveBlock : IDisposable
{
    private const int UsualWidth = 80;

    // Seconds are shown, so that is as often as a frame differs.
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(500);

    private readonly Func<int, IEnumerable<string>> _render;
    private readonly Func<int> _width;
    private readonly Action<string> _write;
    private readonly Timer _timer;
    private readonly Lock _gate = new();
    private List<string> _shown = [];
    private bool _isOver;

    /// <summary>Shows the first frame.</summary>
    /// <param name="render">Creates the lines for a width. They are shortened where they are wider.</param>
    /// <param name="width">The width of the terminal.</param>
    /// <param name="write">Writes to the terminal.</param>
    public LiveBlock(Func<int, IEnumerable<string>> render, Func<int> width, Action<string> write)
    {
        _render = render;
        _width = width;
        _write = write;
        Update();
        _timer = new Timer(_ => Update(), null, _between, _between);
    }

    /// <summary>Writes a frame where it differs from the last one.</summary>
    public void Update()
    {
        lock (_gate)
        {
            if (_isOver)
                return;
            var width = WidthNow();
            var lines = LinesOf(width);
            if (!lines.SequenceEqual(_shown, StringComparer.Ordinal))
                _write(Erase(width) + Join(lines));
            _shown = lines;
        }
    }

    /// <summary>Writes a line that stays, above the block. It is not broken, so that a handle can be copied from it.</summary>
    public void WriteLine(string line)
    {
        lock (_gate)
        {
            var width = WidthNow();
            var erase = Erase(width);
            _shown = _isOver ? [] : LinesOf(width);
            _write($"{erase}{line}\n{Join(_shown)}");
        }
    }

    /// <summary>Removes the block.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            _isOver = true;
            if (_shown.Count > 0)
                _write(Erase(WidthNow()));
            _shown = [];
        }
    }

    /// <summary>The beginning of a line that fits a width. Some characters are two cells wide.</summary>
    internal static string Fit(string line, int width)
    {
        if (line.GetCellWidth() <= width)
            return line;
        var text = new StringBuilder();
        var cells = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            var next = rune.ToString();
            cells += next.GetCellWidth();
            if (cells > width - 1)
                break;
            text.Append(next);
        }
        return text.Append('…').ToString();
    }

    // In the last column some terminals already begin the next line.
    private List<string> LinesOf(int width) => [.. _render(width - 1).Select(line => Fit(Printable.Of(line), width - 1))];

    private int WidthNow() => _width() is > 1 and var width ? width : UsualWidth;

    /// <summary>Moves to where the block begins, and clears from there.</summary>
    private string Erase(int width)
    {
        var rows = _shown.Sum(line => Math.Max(1, (line.GetCellWidth() + width - 1) / width));
        return rows > 1 ? $"\r\e[{rows - 1}A\e[J" : rows == 1 ? "\r\e[J" : "";
    }

    private static string Join(List<string> lines) => string.Join('\n', lines);
}
