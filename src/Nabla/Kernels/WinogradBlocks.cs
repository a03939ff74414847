namespace Nabla.Kernels;

/// <summary>
/// How the tiles of 4 × 4 results of a batch of planes are cut into blocks: several whole images, some rows of tiles of one, or a part of a row.
/// </summary>
/// <remarks>A block's inputs and products in the transformed space fit half of a second-level cache of 1 MB; the sizes alone decide.</remarks>
internal readonly struct WinogradBlocks
{
    // Tiles · (input + output channels) · 36 float32 numbers.
    private const int BlockElements = 1 << 17;

    /// <summary>Of a block: fewer would leave tiles of the products half empty, more gain nothing.</summary>
    public const int LeastTiles = 24, MostTiles = 96;

    /// <summary>As many are worth a way through sums that do not stay near.</summary>
    public const int TilesForFarSums = 64;

    private readonly int batch, height, width, images, rows, columns;

    /// <summary>Cuts.</summary>
    /// <param name="batch">Images.</param>
    /// <param name="height">Rows of results of an image.</param>
    /// <param name="width">Columns of results.</param>
    /// <param name="channels">Inputs and outputs together.</param>
    /// <param name="least">A block holds so many tiles even if they do not fit.</param>
    public WinogradBlocks(int batch, int height, int width, int channels, int least = LeastTiles)
    {
        (this.batch, this.height, this.width) = (batch, height, width);
        int down = TilesOf(height), across = TilesOf(width);
        int most = Math.Clamp(BlockElements / (36 * channels), least, MostTiles);
        columns = Evenly(across, most);
        rows = Evenly(down, Math.Max(1, most / across));
        images = rows < down || columns < across ? 1 : Evenly(batch, Math.Max(1, most / (down * across)));
    }

    /// <summary>Blocks in all.</summary>
    public int Count => BlocksOf(batch, images) * BlocksOfImage;

    /// <summary>Images that a block spans at most.</summary>
    public int Images => images;

    /// <summary>Tiles of the largest block.</summary>
    public int LargestBlock => images * rows * columns;

    /// <summary>Rows of results of the largest block's part of an image.</summary>
    public int MostHeight => 4 * rows;

    /// <summary>Columns of results of the largest block's part of an image.</summary>
    public int MostWidth => 4 * columns;

    private int BlocksOfImage => BlocksOf(TilesOf(height), rows) * BlocksOf(TilesOf(width), columns);

    /// <summary>The block of a number below <see cref="Count"/>.</summary>
    public WinogradBlock this[int block]
    {
        get
        {
            int across = BlocksOf(TilesOf(width), columns), down = BlocksOf(TilesOf(height), rows);
            int image = block / (across * down) * images, row = block / across % down * rows, column = block % across * columns;
            return new(
                image, Math.Min(images, batch - image), row, Math.Min(rows, TilesOf(height) - row), column, Math.Min(columns, TilesOf(width) - column));
        }
    }

    private static int TilesOf(int extent) => (extent + 3) / 4;

    private static int BlocksOf(int extent, int part) => (extent + part - 1) / part;

    // Parts of at most so many, all nearly equal.
    private static int Evenly(int extent, int most)
    {
        int parts = Math.Max(1, (extent + most - 1) / most);
        return Math.Max(1, (extent + parts - 1) / parts);
    }
}

/// <summary>Tiles of 4 × 4 results: of so many images each the same rectangle of tiles.</summary>
internal readonly record struct WinogradBlock(int Image, int Images, int Row, int Rows, int Column, int Columns)
{
    /// <summary>Tiles in all.</summary>
    public int Tiles => Images * Rows * Columns;
}
