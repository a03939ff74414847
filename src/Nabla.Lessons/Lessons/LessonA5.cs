namespace Nabla.Lessons;

internal static class LessonA5
{
    public static Lesson Lesson { get; } = new(
        "A5",
        new("Derivative, gradient, Jacobian", "미분, 기울기, 야코비 행렬"),
        new("Three kinds of derivative, told apart by how many numbers go in and come out.",
            "들어가는 수와 나오는 수가 몇 개인지에 따라 나뉘는 세 가지 미분입니다."),
        new TextSection(
            """
            One number in, one number out: the **derivative** is one number. N numbers in, one number out, as for every loss: each input has a partial
            derivative, and the list of them is the **gradient**, N numbers. N numbers in and M out: every output answers to every input, and the table of all
            those answers is the **Jacobian**.

            Beware of how the table lies. Many lectures put one input in each row: (∂y/∂x)ₙₘ = ∂yₘ/∂xₙ, a matrix of N × M, so that downstream = ∂y/∂x · upstream.
            Others put one output in each row, M × N. Both hold the same numbers, one is the **transpose** of the other. In Nabla `Jacobian.Of` returns
            M × N, outputs first; the local gradients drawn on graphs are N × M, as taught.

            Backpropagation never builds a large Jacobian. A layer of 1,000 inputs and 1,000 outputs would need a million entries for each sample, when all
            we want is its product with one upstream gradient.
            """,
            """
            수 하나가 들어가 수 하나가 나오면 **미분**은 수 하나입니다. 모든 손실 함수처럼 수 N개가 들어가 하나가 나오면 입력마다 편미분이 하나씩 있고,
            그것을 모은 수 N개가 **기울기**입니다. N개가 들어가 M개가 나오면 모든 출력이 모든 입력에 따라 변하고, 그것을 모두 적은 표가
            **야코비 행렬**입니다.

            표를 놓는 방향을 조심하세요. 행에 입력을 두는 강의가 많습니다. (∂y/∂x)ₙₘ = ∂yₘ/∂xₙ, 곧 N × M 행렬이고 하류 = ∂y/∂x · 상류가 됩니다. 행에
            출력을 두어 M × N으로 쓰는 곳도 있습니다. 담긴 수는 같고 하나는 다른 하나의 **전치**입니다. Nabla의 `Jacobian.Of`는 출력이 먼저인 M × N을
            돌려주고, 그래프에 그려진 국소 기울기는 배운 대로 N × M입니다.

            역전파는 커다란 야코비 행렬을 만들지 않습니다. 입력 1,000개와 출력 1,000개인 계층이라면 표본마다 원소가 백만 개나 필요하지만, 정작 필요한
            것은 상류 기울기 하나와의 곱뿐입니다.
            """),
        new TableSection(
            [new("function", "함수"), new("in", "입력"), new("out", "출력"), new("what it is called", "이름"), new("at", "위치"), new("result", "결과")],
            Kinds),
        new TableSection(
            [new("how it is written", "쓰는 법"), new("shape", "모양"), new("entries", "원소")],
            Conventions)
        {
            Title = new("The same Jacobian, written both ways", "같은 야코비 행렬을 쓰는 두 가지 방법"),
        },
        new GraphSection("x = [2, 3, 5]\nW = [[1, 0, 2], [0, 3, 1]]\ny = W @ x\nf = sum(y)")
        {
            Title = new("The local gradient ∂y/∂x on the edge is Wᵀ: 3 × 2", "에지 위의 국소 기울기 ∂y/∂x는 Wᵀ, 곧 3 × 2입니다"),
        },
        new CodeSection("A5"),
        new QuizSection(
            "quiz-1",
            new("A network turns 4 inputs into 3 outputs. What shape has its Jacobian with one input in each row, as taught?",
                "신경망이 입력 4개를 출력 3개로 바꿉니다. 배운 대로 행에 입력을 두면 야코비 행렬의 모양은 무엇일까요?"),
            ["3 × 4", "4 × 3", "4 × 4", "12"],
            right: 1,
            new("N × M with N inputs and M outputs: 4 × 3. With outputs in the rows it would be 3 × 4.",
                "입력이 N개, 출력이 M개이면 N × M, 곧 4 × 3입니다. 행에 출력을 두면 3 × 4가 됩니다.")));

    // y = (x₀ x₁, x₁ + x₂): three inputs, two outputs.
    private static Tensor TwoOfThree(Tensor x) => Tensor.Stack([x[0] * x[1], x[1] + x[2]]);

    private static IEnumerable<BilingualText[]> Kinds()
    {
        Tensor one = 3, many = Tensor.From(1.0, -2, 3), three = Tensor.From(2.0, 3, 5);
        yield return ["y = x³", "1", "1", new("derivative", "미분"), "3", Written.Text((one * one * one).Backward()[one])];
        yield return ["y = Σ xₙ²", "3", "1", new("gradient", "기울기"), Written.Text(many), Written.Text(many.Square().Sum().Backward()[many])];
        yield return ["y = (x₁x₂, x₂ + x₃)", "3", "2", new("Jacobian", "야코비 행렬"), Written.Text(three), Written.Text(Jacobian.Of(TwoOfThree, three))];
    }

    private static IEnumerable<BilingualText[]> Conventions()
    {
        Tensor jacobian = Jacobian.Of(TwoOfThree, Tensor.From(2.0, 3, 5)), taught = jacobian.Transpose(0, 1);
        yield return [new("an output a row: Jacobian.Of", "행이 출력: Jacobian.Of"), $"{jacobian.Shape}", Written.Text(jacobian)];
        yield return [new("an input a row: as taught", "행이 입력: 배운 방식"), $"{taught.Shape}", Written.Text(taught)];
    }
}
